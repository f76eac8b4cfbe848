use crate::language::Language;

/// How the page is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Preferences {
    /// The language of every text.
    pub language: Language,
    /// Dark or light.
    pub theme: Theme,
}

/// Dark or light.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// Dark.
    Dark,
    /// Light.
    Light,
    /// As the system says.
    #[default]
    System,
}

impl Theme {
    /// Every theme, in the order in which they are offered.
    pub const ALL: [Self; 3] = [Self::System, Self::Light, Self::Dark];

    /// The name in `data-theme` and in storage; none for the system's.
    pub const fn name(self) -> Option<&'static str> {
        match self {
            Self::Dark => Some("dark"),
            Self::Light => Some("light"),
            Self::System => None,
        }
    }

    /// The theme with this name; the system's for any other.
    pub fn of_name(name: Option<&str>) -> Self {
        Self::ALL.into_iter().find(|theme| theme.name() == name).unwrap_or_default()
    }
}

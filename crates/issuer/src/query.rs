//! Parameters of the AWS query protocol: `Action=…&Audience.member.1=…`.

use crate::http::Request;

/// The decoded parameters of one request: those of the URL, then those of the body.
#[derive(Debug)]
pub(crate) struct Parameters(Vec<(String, String)>);

impl Parameters {
    pub(crate) fn of(request: &Request) -> Self {
        let url = form_urlencoded::parse(request.query.as_bytes());
        let body = form_urlencoded::parse(&request.body);
        Self(url.into_owned().chain(body.into_owned()).collect())
    }

    /// Parameters that were never written as text.
    pub(crate) fn of_pairs(pairs: Vec<(String, String)>) -> Self {
        Self(pairs)
    }

    /// The value of the first parameter called `name`.
    pub(crate) fn value(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(found, _)| found == name).map(|(_, value)| value.as_str())
    }

    /// The members of list `name`, in the order of their numbers, or `None` when it was not sent.
    ///
    /// Clients write an empty list as `name=`.
    pub(crate) fn list(&self, name: &str) -> Option<Vec<&str>> {
        let members = self.numbered(name, |rest| rest.is_empty());
        let was_sent = !members.is_empty() || self.value(name).is_some();
        was_sent.then(|| members.into_iter().map(|(_, _, value)| value).collect())
    }

    /// The members of list `name` whose members are structures with `fields`; each field is `None` when
    /// it was not sent.
    pub(crate) fn structures<const N: usize>(
        &self,
        name: &str,
        fields: [&str; N],
    ) -> Vec<[Option<&str>; N]> {
        let parts = self.numbered(name, |rest| rest.starts_with('.'));
        let mut structures: Vec<(u32, [Option<&str>; N])> = Vec::new();
        for (number, rest, value) in parts {
            if structures.last().is_none_or(|(last, _)| *last != number) {
                structures.push((number, [None; N]));
            }
            let Some((_, structure)) = structures.last_mut() else { continue };
            for (slot, field) in structure.iter_mut().zip(fields) {
                if slot.is_none() && rest.strip_prefix('.') == Some(field) {
                    *slot = Some(value);
                }
            }
        }
        structures.into_iter().map(|(_, structure)| structure).collect()
    }

    /// Every `name.member.<number><rest>` whose rest is wanted, sorted by number: (number, rest, value).
    fn numbered(&self, name: &str, wanted: impl Fn(&str) -> bool) -> Vec<(u32, &str, &str)> {
        let mut members: Vec<_> = self
            .0
            .iter()
            .filter_map(|(key, value)| {
                let indexed = key.strip_prefix(name)?.strip_prefix(".member.")?;
                let (number, rest) = match indexed.find('.') {
                    Some(dot) => indexed.split_at_checked(dot)?,
                    None => (indexed, ""),
                };
                // `parse` takes a sign too.
                let is_number = number.bytes().all(|byte| byte.is_ascii_digit());
                let number: u32 = is_number.then(|| number.parse().ok()).flatten()?;
                wanted(rest).then_some((number, rest, value.as_str()))
            })
            .collect();
        members.sort_by_key(|(number, _, _)| *number);
        members
    }
}

#[cfg(test)]
mod tests {
    use super::Parameters;
    use crate::http::Request;

    fn parameters(body: &str) -> Parameters {
        Parameters::of(&Request { body: body.into(), ..Request::default() })
    }

    #[test]
    fn lists_are_sorted_by_number() {
        let sent = parameters("A.member.10=z&A.member.2=b&A.member.1=a+%26&A.member.x=no");
        assert_eq!(sent.list("A"), Some(vec!["a &", "b", "z"]));
        assert_eq!(parameters("A.member.%2B1=a").list("A"), None, "a sign is no digit");
        assert_eq!(parameters("A=").list("A"), Some(vec![]));
        assert_eq!(parameters("B=1").list("A"), None);
    }

    #[test]
    fn structures_keep_missing_fields_apart_from_empty_ones() {
        let sent =
            parameters("T.member.2.Value=v&T.member.1.Key=k&T.member.1.Value=&T.member.2.X=x");
        let tags = sent.structures("T", ["Key", "Value"]);
        assert_eq!(tags, vec![[Some("k"), Some("")], [None, Some("v")]]);
    }

    #[test]
    fn the_url_counts_before_the_body() {
        let request = Request { query: "A=1".into(), body: b"A=2".into(), ..Request::default() };
        assert_eq!(Parameters::of(&request).value("A"), Some("1"));
    }
}

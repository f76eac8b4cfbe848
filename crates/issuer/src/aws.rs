//! The two AWS services and the way they report errors.

use crate::http::Response;
use crate::xml::Xml;

/// A service of AWS that this issuer plays.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Service {
    Iam,
    Sts,
}

impl Service {
    pub(crate) fn of_version(version: &str) -> Option<Self> {
        match version {
            "2010-05-08" => Some(Self::Iam),
            "2011-06-15" => Some(Self::Sts),
            _ => None,
        }
    }

    /// The service's name in a credential scope.
    pub(crate) fn scope_name(self) -> &'static str {
        match self {
            Self::Iam => "iam",
            Self::Sts => "sts",
        }
    }

    fn namespace(self) -> &'static str {
        match self {
            Self::Iam => "https://iam.amazonaws.com/doc/2010-05-08/",
            Self::Sts => "https://sts.amazonaws.com/doc/2011-06-15/",
        }
    }

    /// The successful answer to `action`. Without `result` there is no result element, as for AWS's
    /// operations without output.
    pub(crate) fn success(
        self,
        action: &str,
        request_id: &str,
        result: Option<&[(&str, String)]>,
    ) -> Response {
        let document = Xml::document(&format!("{action}Response"), self.namespace(), |xml| {
            if let Some(members) = result {
                xml.element(&format!("{action}Result"), |xml| {
                    members.iter().for_each(|(name, value)| xml.text(name, value));
                });
            }
            xml.element("ResponseMetadata", |xml| xml.text("RequestId", request_id));
        });
        Response::new(200, "text/xml", document).with_header("x-amzn-requestid", request_id)
    }
}

/// An error in AWS's own words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct AwsError {
    pub(crate) status: u16,
    pub(crate) code: &'static str,
    pub(crate) message: String,
}

impl AwsError {
    pub(crate) fn new(status: u16, code: &'static str, message: impl Into<String>) -> Self {
        Self { status, code, message: message.into() }
    }

    pub(crate) fn internal_failure(message: &str) -> Self {
        Self::new(500, "InternalFailure", message)
    }

    pub(crate) fn respond(&self, service: Service, request_id: &str) -> Response {
        let fault = if self.status < 500 { "Sender" } else { "Receiver" };
        let document = Xml::document("ErrorResponse", service.namespace(), |xml| {
            xml.element("Error", |xml| {
                xml.text("Type", fault);
                xml.text("Code", self.code);
                xml.text("Message", &self.message);
            });
            xml.text("RequestId", request_id);
        });
        Response::new(self.status, "text/xml", document).with_header("x-amzn-requestid", request_id)
    }
}

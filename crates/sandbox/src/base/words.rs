//! Words of the contract as enums. One list makes the variants, their spelling, `ALL`, and how they are read from and
//! written to JSON and SQLite, so that none of these can forget a word or spell it differently.

/// A word out of a fixed list, for what works with any such list.
pub trait Word: Copy + 'static {
    /// Every word, in the order of the contract.
    const ALL: &'static [Self];

    /// How it is spelled.
    fn name(self) -> &'static str;

    fn by_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|word| word.name() == name)
    }
}

/// Makes enums of words. The same spelling is used on the wire and in the database.
macro_rules! words {
    ($(
        $(#[$about:meta])*
        $visibility:vis enum $name:ident {
            $( $(#[$about_word:meta])* $word:ident = $text:literal ),+ $(,)?
        }
    )+) => { $(
        $(#[$about])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        $visibility enum $name {
            $( $(#[$about_word])* $word, )+
        }

        impl $name {
            /// Every word, in the order of the contract.
            pub const ALL: &'static [Self] = &[$(Self::$word),+];

            /// How it is spelled.
            pub fn name(self) -> &'static str {
                match self {
                    $(Self::$word => $text,)+
                }
            }

            pub fn by_name(name: &str) -> Option<Self> {
                <Self as $crate::base::words::Word>::by_name(name)
            }
        }

        impl $crate::base::words::Word for $name {
            const ALL: &'static [Self] = Self::ALL;

            fn name(self) -> &'static str {
                self.name()
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.name())
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.name())
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = <std::borrow::Cow<'_, str> as serde::Deserialize>::deserialize(deserializer)?;
                Self::by_name(&text)
                    .ok_or_else(|| <D::Error as serde::de::Error>::custom(format!("“{text}” is not one of the known words")))
            }
        }

        impl rusqlite::types::ToSql for $name {
            fn to_sql(&self) -> rusqlite::Result<rusqlite::types::ToSqlOutput<'_>> {
                Ok(self.name().into())
            }
        }

        impl rusqlite::types::FromSql for $name {
            fn column_result(value: rusqlite::types::ValueRef<'_>) -> rusqlite::types::FromSqlResult<Self> {
                Self::by_name(value.as_str()?).ok_or(rusqlite::types::FromSqlError::InvalidType)
            }
        }
    )+ };
}
pub(crate) use words;

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    words! {
        enum Colour {
            Red = "red",
            DarkBlue = "darkBlue",
        }
    }

    #[test]
    fn a_word_is_spelled_the_same_everywhere_and_no_other_word_is_read() {
        assert_eq!(Colour::ALL, [Colour::Red, Colour::DarkBlue]);
        assert_eq!(Colour::by_name("darkBlue"), Some(Colour::DarkBlue));
        assert_eq!(Colour::by_name("DarkBlue"), None);
        assert_eq!(serde_json::to_string(&Colour::DarkBlue).unwrap(), r#""darkBlue""#);
        assert_eq!(serde_json::from_str::<Colour>(r#""red""#).unwrap(), Colour::Red);
        assert!(serde_json::from_str::<Colour>(r#""green""#).is_err());
        let database = rusqlite::Connection::open_in_memory().unwrap();
        let read = |sql: &str| database.query_row(sql, [Colour::DarkBlue], |row| row.get::<_, Colour>(0));
        assert_eq!(read("SELECT ?1").unwrap(), Colour::DarkBlue);
        assert!(read("SELECT ?1 || 'er'").is_err());
    }
}

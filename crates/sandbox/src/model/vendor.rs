//! Vendors: where they work and what they offer.

use serde::{Deserialize, Serialize};

use super::loan::Property;
use crate::base::money::Money;

/// A vendor as it is stored.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Vendor {
    pub id: String,
    pub name: String,
    pub email: Option<String>,
    pub phone: Option<String>,
    /// How many orders it takes at a time.
    pub capacity_limit: i64,
    pub turn_time_days: i64,
    pub recent_declines: i64,
    /// Two-letter states it holds a licence in.
    pub licensed_in: Vec<String>,
    pub zips: Vec<String>,
    /// `County, ST`.
    pub counties: Vec<String>,
    pub states: Vec<String>,
    pub product_ids: Vec<String>,
    /// The clients on whose panel it is.
    pub panels: Vec<String>,
    /// Added to a product's usual vendor portion.
    pub surcharge: Money,
}

/// How closely a vendor covers a place; the more specific, the stronger.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Coverage {
    Zip,
    County,
    State,
    None,
}

impl Vendor {
    pub fn coverage(&self, property: &Property) -> Coverage {
        let zip = property.zip.get(..5).unwrap_or(&property.zip);
        let county = format!("{}, {}", property.county, property.state);
        if self.zips.iter().any(|known| known == zip) {
            Coverage::Zip
        } else if self.counties.contains(&county) {
            Coverage::County
        } else if self.states.contains(&property.state) {
            Coverage::State
        } else {
            Coverage::None
        }
    }

    pub fn part(&self) -> VendorPart {
        VendorPart {
            id: self.id.clone(),
            name: self.name.clone(),
            email: self.email.clone(),
            phone: self.phone.clone(),
        }
    }
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct VendorPart {
    pub id: String,
    pub name: String,
    pub email: Option<String>,
    pub phone: Option<String>,
}

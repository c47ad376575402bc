//! What tells views that something of a driver's may look different now: one signal for each topic.

use leptos::prelude::*;
use omnival_headless::platform::Topic;

#[derive(Clone, Copy)]
pub struct Changes {
    pub session: Trigger,
    pub pause: Trigger,
    pub tabs: Trigger,
    pub attempts: Trigger,
    pub journal: Trigger,
    pub uploads: Trigger,
}

impl Changes {
    pub fn new() -> Self {
        Self {
            session: Trigger::new(),
            pause: Trigger::new(),
            tabs: Trigger::new(),
            attempts: Trigger::new(),
            journal: Trigger::new(),
            uploads: Trigger::new(),
        }
    }

    pub fn tell(self, topic: Topic) {
        match topic {
            Topic::Session => self.session,
            Topic::Pause => self.pause,
            Topic::Tabs => self.tabs,
            Topic::Attempts => self.attempts,
            Topic::Journal => self.journal,
            Topic::Uploads => self.uploads,
        }
        .notify();
    }
}

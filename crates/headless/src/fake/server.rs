//! A platform's sessions: sign-in, strict rotation, sign-out, and a ledger of everything that arrived.
//!
//! A refresh token is shown once; shown again, it ends its session. It travels in the partition's cookie, or in bodies.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use omnival_core::operation::Operation;

use super::network::{Answering, Wire};
use super::world::World;

const LIFE_MS: u64 = 900_000;

/// A handle; clones are the same server.
#[derive(Clone)]
pub struct Server(Rc<Inner>);

type Route = Box<dyn FnMut(&Wire) -> Option<Answering>>;

struct Inner {
    world: World,
    life_ms: Cell<u64>,
    in_bodies: Cell<bool>,
    is_lasting: Cell<bool>,
    sessions: RefCell<Vec<Session>>,
    /// Access tokens by number: their session, and when they end.
    tokens: RefCell<Vec<(usize, u64)>>,
    arrived: RefCell<Vec<Wire>>,
    put_off: RefCell<Vec<Answering>>,
    reuses: Cell<u32>,
    routes: RefCell<Vec<Route>>,
}

struct Session {
    user: String,
    generation: u64,
    is_revoked: bool,
}

impl Server {
    /// From here on it is this world's.
    pub fn new(world: &World) -> Self {
        let server = Self(Rc::new(Inner {
            world: world.clone(),
            life_ms: Cell::new(LIFE_MS),
            in_bodies: Cell::new(false),
            is_lasting: Cell::new(false),
            sessions: RefCell::default(),
            tokens: RefCell::default(),
            arrived: RefCell::default(),
            put_off: RefCell::default(),
            reuses: Cell::new(0),
            routes: RefCell::default(),
        }));
        let serving = server.clone();
        world.serve(move |wire| serving.answer(wire));
        server
    }

    /// How long access tokens live that are issued from here on.
    pub fn set_life_ms(&self, ms: u64) {
        self.0.life_ms.set(ms);
    }

    /// Refresh tokens travel in bodies instead of the cookie.
    pub fn set_in_bodies(&self) {
        self.0.in_bodies.set(true);
    }

    /// A refresh token is told once and good for the whole session.
    pub fn set_lasting(&self) {
        self.0.is_lasting.set(true);
    }

    /// Answers what is asked with a token that is good; the first route that answers counts. Without one: 200 and `{}`.
    pub fn route(&self, route: impl FnMut(&Wire) -> Option<Answering> + 'static) {
        self.0.routes.borrow_mut().push(Box::new(route));
    }

    /// The next refresh is answered like this, and not carried out.
    pub fn put_off_refresh(&self, answer: Answering) {
        self.0.put_off.borrow_mut().push(answer);
    }

    /// All access tokens end now.
    pub fn expire_all(&self) {
        let now = self.0.world.now();
        for (_, until) in self.0.tokens.borrow_mut().iter_mut() {
            *until = (*until).min(now);
        }
    }

    /// All sessions end now.
    pub fn revoke_all(&self) {
        for session in self.0.sessions.borrow_mut().iter_mut() {
            session.is_revoked = true;
        }
        self.expire_all();
    }

    /// Somebody signs in elsewhere in this browser: the answer's body, and the cookie.
    pub fn sign_in(&self, user: &str) -> (String, String) {
        let mut sessions = self.0.sessions.borrow_mut();
        sessions.push(Session {
            user: user.to_owned(),
            generation: 0,
            is_revoked: false,
        });
        let session = sessions.len() - 1;
        drop(sessions);
        (self.granted(session), self.shown(session))
    }

    /// What arrived at this operation's path, in the order of its arrival.
    pub fn arrived(&self, operation: Operation) -> Vec<Wire> {
        let (method, path) = (operation.method(), operation.path());
        let arrived = self.0.arrived.borrow();
        let matches = |wire: &&Wire| wire.method == method && path_of(wire) == path;
        arrived.iter().filter(matches).cloned().collect()
    }

    pub fn refreshes(&self) -> usize {
        self.arrived(Operation::Refresh).len()
    }

    /// How often a spent refresh token was shown.
    pub fn reuses(&self) -> u32 {
        self.0.reuses.get()
    }

    fn answer(&self, wire: &Wire) -> Answering {
        self.0.arrived.borrow_mut().push(wire.clone());
        match path_of(wire) {
            path if path == Operation::SignIn.path() => self.answer_sign_in(wire),
            path if path == Operation::Refresh.path() => self.answer_refresh(wire),
            path if path == Operation::SignOut.path() => self.answer_sign_out(wire),
            _ if !self.takes(wire.bearer()) => Answering::status(401),
            _ => {
                let mut routes = self.0.routes.borrow_mut();
                let answer = routes.iter_mut().find_map(|route| route(wire));
                answer.unwrap_or_else(|| Answering::new(200, "{}"))
            }
        }
    }

    fn answer_sign_in(&self, wire: &Wire) -> Answering {
        let user = wire.body.as_deref().and_then(|body| between(body, "\"username\":\""));
        match user {
            Some(user) if !user.is_empty() => {
                let (body, cookie) = self.sign_in(&user);
                self.with_cookie(Answering::new(200, &body), &cookie)
            }
            _ => Answering::status(401),
        }
    }

    fn answer_refresh(&self, wire: &Wire) -> Answering {
        if !self.0.put_off.borrow().is_empty() {
            return self.0.put_off.borrow_mut().remove(0);
        }
        let Some((session, generation)) = self.refresh_token(wire) else {
            return Answering::status(401);
        };
        let is_good = {
            let mut sessions = self.0.sessions.borrow_mut();
            let Some(known) = sessions.get_mut(session) else {
                return Answering::status(401);
            };
            let is_spent = known.generation != generation;
            if is_spent && !known.is_revoked {
                self.0.reuses.set(self.0.reuses.get() + 1);
                known.is_revoked = true;
            }
            known.generation += u64::from(!self.0.is_lasting.get());
            !known.is_revoked
        };
        if !is_good {
            return Answering::status(401);
        }
        self.with_cookie(Answering::new(200, &self.granted(session)), &self.shown(session))
    }

    fn answer_sign_out(&self, wire: &Wire) -> Answering {
        if let Some((session, _)) = self.refresh_token(wire)
            && let Some(session) = self.0.sessions.borrow_mut().get_mut(session)
        {
            session.is_revoked = true;
        }
        Answering::status(204).cookie("")
    }

    fn with_cookie(&self, answer: Answering, cookie: &str) -> Answering {
        if self.0.in_bodies.get() {
            answer
        } else {
            answer.cookie(cookie)
        }
    }

    /// Session and generation of the refresh token that a request shows.
    fn refresh_token(&self, wire: &Wire) -> Option<(usize, u64)> {
        let in_body = wire
            .body
            .as_deref()
            .and_then(|body| between(body, "\"refreshToken\":\""));
        let shown = if self.0.in_bodies.get() {
            in_body
        } else {
            wire.cookie.clone()
        };
        let (session, generation) = shown?.split_once('.').map(|(a, b)| (a.to_owned(), b.to_owned()))?;
        Some((session.parse().ok()?, generation.parse().ok()?))
    }

    fn shown(&self, session: usize) -> String {
        let sessions = self.0.sessions.borrow();
        let generation = sessions.get(session).map_or(0, |session| session.generation);
        format!("{session}.{generation}")
    }

    /// A new access token, as the answer that grants it.
    fn granted(&self, session: usize) -> String {
        let until = self.0.world.now() + self.0.life_ms.get();
        let mut tokens = self.0.tokens.borrow_mut();
        tokens.push((session, until));
        let user = &self.0.sessions.borrow()[session].user;
        let is_known = self.0.is_lasting.get() && tokens.iter().filter(|(of, _)| *of == session).count() > 1;
        let refresh = if self.0.in_bodies.get() && !is_known {
            format!(r#","refreshToken":"{}""#, self.shown(session))
        } else {
            String::new()
        };
        format!(
            r#"{{"accessToken":"t{}","expiresIn":{}{refresh},"user":{{"id":"{user}","name":"{user}","username":"{user}","role":"operations","permissions":[],"clients":[{{"id":"cli-1","name":"Aspen"}}]}}}}"#,
            tokens.len() - 1,
            self.0.life_ms.get() / 1_000,
        )
    }

    /// Does the platform take this token?
    pub fn takes(&self, bearer: Option<&str>) -> bool {
        let number = bearer.and_then(|token| token.strip_prefix('t')?.parse::<usize>().ok());
        let tokens = self.0.tokens.borrow();
        let token = number.and_then(|number| tokens.get(number));
        token.is_some_and(|(session, until)| {
            let sessions = self.0.sessions.borrow();
            *until > self.0.world.now() && sessions.get(*session).is_some_and(|session| !session.is_revoked)
        })
    }
}

/// Without origin and query.
fn path_of(wire: &Wire) -> &str {
    let url = wire.url.split('?').next().unwrap_or_default();
    url.find("/api/").map_or(url, |at| &url[at..])
}

/// A text member of a body, if it stands there.
fn between(body: &str, before: &str) -> Option<String> {
    let (_, rest) = body.split_once(before)?;
    rest.split('"').next().map(str::to_owned)
}

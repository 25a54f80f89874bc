//! The project's own tools folder.
//!
//! **Invariant:** a tool's folder has its final name only when the tool is complete; until then it
//! is `.partial-…`, so an interrupted installation never looks installed. One set-up at a time.

use std::{
    env, fmt,
    fs::{self, File, TryLockError},
    io,
    path::{Path, PathBuf},
};

use super::ToolError;

/// The folder that holds the project's own tools.
#[derive(Debug)]
pub struct Cache {
    root: PathBuf,
}

impl fmt::Display for Cache {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.root.display().fmt(out)
    }
}

impl Cache {
    /// `$SHAPAN_TOOLS`, else `$XDG_CACHE_HOME/shapan`, else `~/.cache/shapan`.
    pub fn locate() -> Result<Self, ToolError> {
        let folder = |name| env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
        let root = choose(folder("SHAPAN_TOOLS"), folder("XDG_CACHE_HOME"), env::home_dir())
            .ok_or(ToolError::NoFolder)?;
        let root = std::path::absolute(&root).map_err(|source| folder_error(&root, source))?;
        Ok(Self { root })
    }

    /// The folder of a complete tool.
    pub fn folder(&self, name: &str) -> PathBuf {
        self.root.join(name)
    }

    /// Keeps other set-ups waiting until the file is dropped.
    pub fn lock(&self) -> Result<File, ToolError> {
        let path = self.root.join(".lock");
        let locked = || {
            fs::create_dir_all(&self.root)?;
            let file = File::create(&path)?;
            match file.try_lock() {
                Ok(()) => {}
                Err(TryLockError::WouldBlock) => {
                    println!("set-up: another one is under way; waiting for it …");
                    file.lock()?;
                }
                Err(TryLockError::Error(error)) => return Err(error),
            }
            Ok(file)
        };
        locked().map_err(|source| folder_error(&path, source))
    }

    /// The folder in which a tool is put together. What an interrupted try left there stays: cargo
    /// goes on from it.
    pub fn partial(&self, name: &str) -> Result<PathBuf, ToolError> {
        let path = self.root.join(format!(".partial-{name}"));
        fs::create_dir_all(&path).map_err(|source| folder_error(&path, source))?;
        Ok(path)
    }

    /// Gives a finished tool its name; the part named by `leftover` is removed first.
    pub fn complete(&self, name: &str, leftover: &str) -> Result<(), ToolError> {
        let (partial, complete) = (self.root.join(format!(".partial-{name}")), self.folder(name));
        let moved = || {
            remove(&partial.join(leftover))?;
            remove(&complete)?;
            fs::rename(&partial, &complete)
        };
        moved().map_err(|source| folder_error(&complete, source))
    }
}

fn choose(own: Option<PathBuf>, xdg: Option<PathBuf>, home: Option<PathBuf>) -> Option<PathBuf> {
    // The XDG rules: a relative path there is to be ignored.
    let xdg = xdg.filter(|path| path.is_absolute()).map(|path| path.join("shapan"));
    own.or(xdg).or_else(|| Some(home?.join(".cache").join("shapan")))
}

fn remove(folder: &Path) -> io::Result<()> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

fn folder_error(path: &Path, source: io::Error) -> ToolError {
    ToolError::Folder { path: path.to_owned(), source }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(text: &str) -> Option<PathBuf> {
        Some(PathBuf::from(text))
    }

    #[test]
    fn the_users_choice_comes_before_xdg_and_that_before_home() {
        assert_eq!(choose(path("mine"), path("/xdg"), path("/home/u")), path("mine"));
        assert_eq!(choose(None, path("/xdg"), path("/home/u")), path("/xdg/shapan"));
        assert_eq!(choose(None, path("relative"), path("/home/u")), path("/home/u/.cache/shapan"));
        assert_eq!(choose(None, None, None), None);
    }
}

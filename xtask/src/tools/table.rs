//! The table of tools: what, at which version, why, how long it takes, where it comes from.
//!
//! **Invariant:** this is the only place that names a tool's version.

/// A tool that a command needs.
#[derive(Debug)]
pub struct Tool {
    /// What people call it.
    pub name: &'static str,
    /// Which version.
    pub version: Version,
    /// What it is for.
    pub why: &'static str,
    /// How long getting it takes, on two cores and a plain line.
    pub how_long: &'static str,
    /// The variable that tells tests where it is; set by a user, it names one of their own.
    pub variable: Option<&'static str>,
    /// Where it comes from.
    pub source: Source,
}

/// Which version of a tool.
#[derive(Debug)]
pub enum Version {
    /// This one and no other.
    Exactly(&'static str),
    /// That of a package in Cargo.lock: the two must match to the last digit.
    AsLocked(&'static str),
    /// Whatever the toolchain or the system has.
    Any,
}

/// Where a tool comes from.
#[derive(Debug)]
pub enum Source {
    /// A part of the Rust toolchain, kept by rustup.
    RustPart(RustPart),
    /// A program compiled from a crate.
    Crate(Crate),
    /// A package of npm.
    Npm(Npm),
    /// A program of the system, installed with its package manager.
    System(System),
}

/// A part of the toolchain.
#[derive(Debug)]
pub struct RustPart {
    /// `target` or `component`, rustup's words.
    pub kind: &'static str,
    /// rustup's name for it.
    pub name: &'static str,
    /// The file below the toolchain's root that shows it is there.
    pub sign: &'static str,
}

/// A program from a crate.
#[derive(Debug)]
pub struct Crate {
    /// The crate.
    pub package: &'static str,
    /// Its program, and the name of its folder.
    pub program: &'static str,
    /// What to tell `cargo install` besides.
    pub flags: &'static [&'static str],
}

/// A package of npm.
#[derive(Debug)]
pub struct Npm {
    /// The package, and the name of its folder.
    pub package: &'static str,
    /// The file below `node_modules` that is wanted.
    pub file: &'static str,
    /// The program's name, where the file is a program that may be on the PATH.
    pub program: Option<&'static str>,
}

/// A program of the system.
#[derive(Debug)]
pub struct System {
    /// The names it goes by on the PATH.
    pub names: &'static [&'static str],
    /// Where else it is found.
    pub places: &'static [&'static str],
    /// What apt calls it and what belongs to it.
    pub packages: &'static [&'static str],
    /// What a person can do.
    pub by_hand: &'static str,
}

const WASM_TARGET: Tool = Tool {
    name: "the wasm32-unknown-unknown target",
    version: Version::Any,
    why: "compiles the page for the browser",
    how_long: "some seconds",
    variable: None,
    source: Source::RustPart(RustPart {
        kind: "target",
        name: "wasm32-unknown-unknown",
        sign: "lib/rustlib/wasm32-unknown-unknown/lib",
    }),
};

const RUSTFMT: Tool = Tool {
    name: "rustfmt",
    version: Version::Any,
    why: "checks the layout of the code",
    how_long: "some seconds",
    variable: None,
    source: Source::RustPart(RustPart {
        kind: "component",
        name: "rustfmt",
        sign: "bin/cargo-fmt",
    }),
};

const CLIPPY: Tool = Tool {
    name: "clippy",
    version: Version::Any,
    why: "checks the code",
    how_long: "some seconds",
    variable: None,
    source: Source::RustPart(RustPart {
        kind: "component",
        name: "clippy",
        sign: "bin/cargo-clippy",
    }),
};

const TRUNK: Tool = Tool {
    name: "Trunk",
    version: Version::Exactly("0.21.14"), // 0.22 needs a newer Rust than ours
    why: "builds and serves the page",
    how_long: "compiling it takes 4 to 20 minutes, once",
    variable: None,
    source: Source::Crate(Crate {
        package: "trunk",
        program: "trunk",
        flags: &["--locked", "--no-default-features", "--features", "rustls"],
    }),
};

const WASM_BINDGEN: Tool = Tool {
    name: "wasm-bindgen",
    version: Version::AsLocked("wasm-bindgen"),
    why: "joins the page's wasm to the browser",
    how_long: "compiling it takes 2 to 10 minutes, once",
    variable: None,
    source: Source::Crate(Crate {
        package: "wasm-bindgen-cli",
        program: "wasm-bindgen",
        // Not `--locked`: a dependency it locks may be too new for a copy of the registry.
        flags: &[],
    }),
};

const WASM_OPT: Tool = Tool {
    name: "wasm-opt",
    // Debian's 108 breaks the page at start ("WebAssembly.Table.set(): Argument 1 is invalid").
    version: Version::Exactly("132.0.0"),
    why: "makes the page's wasm smaller",
    how_long: "downloading it takes some seconds",
    variable: None,
    source: Source::Npm(Npm {
        package: "binaryen",
        file: ".bin/wasm-opt",
        program: Some("wasm-opt"),
    }),
};

const AXE: Tool = Tool {
    name: "axe-core",
    version: Version::Exactly("4.14.1"),
    why: "checks the page's accessibility in the tests",
    how_long: "downloading it takes some seconds",
    variable: Some("SHAPAN_AXE"),
    source: Source::Npm(Npm { package: "axe-core", file: "axe-core/axe.min.js", program: None }),
};

/// The browser, its driver, and glyphs for what the page says.
const BROWSER: [&str; 3] = ["chromium", "chromium-driver", "fonts-noto-cjk"];

const BROWSER_BY_HAND: &str = "\
Install Chromium (or Chrome) and the ChromeDriver of the same version, for example
  Debian: sudo apt-get install --no-install-recommends chromium chromium-driver fonts-noto-cjk
  macOS:  brew install --cask google-chrome chromedriver
or name your own with SHAPAN_CHROMIUM and SHAPAN_CHROMEDRIVER.
`cargo xtask test --quick` does without a browser.";

/// The browser that the tests drive.
pub const CHROMIUM: Tool = Tool {
    name: "Chromium",
    version: Version::Any,
    why: "is the browser in which the tests use the page",
    how_long: "installing it takes one to three minutes",
    variable: Some("SHAPAN_CHROMIUM"),
    source: Source::System(System {
        names: &["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"],
        places: &[
            "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
            "/Applications/Chromium.app/Contents/MacOS/Chromium",
            r"C:\Program Files\Google\Chrome\Application\chrome.exe",
        ],
        packages: &BROWSER,
        by_hand: BROWSER_BY_HAND,
    }),
};

/// What drives it.
pub const CHROMEDRIVER: Tool = Tool {
    name: "ChromeDriver",
    version: Version::Any,
    why: "drives Chromium for the tests",
    how_long: "comes with Chromium",
    variable: Some("SHAPAN_CHROMEDRIVER"),
    source: Source::System(System {
        names: &["chromedriver", "chromium.chromedriver"],
        places: &["/usr/lib/chromium/chromedriver", "/usr/lib/chromium-browser/chromedriver"],
        packages: &BROWSER,
        by_hand: BROWSER_BY_HAND,
    }),
};

/// What computes workbooks anew.
pub const LIBREOFFICE: Tool = Tool {
    name: "LibreOffice",
    version: Version::Any,
    why: "proves that exported workbooks compute what the engine computes",
    how_long: "installing it takes one to three minutes",
    variable: Some("SHAPAN_SOFFICE"),
    source: Source::System(System {
        names: &["soffice", "libreoffice"],
        places: &[
            "/usr/lib/libreoffice/program/soffice",
            "/Applications/LibreOffice.app/Contents/MacOS/soffice",
            r"C:\Program Files\LibreOffice\program\soffice.exe",
        ],
        packages: &["libreoffice-calc"],
        by_hand: "\
Install LibreOffice, for example
  Debian: sudo apt-get install --no-install-recommends libreoffice-calc
  macOS:  brew install --cask libreoffice
or name your own with SHAPAN_SOFFICE.
`cargo xtask test --quick` does without: formulas are then recalculated only where it is there.",
    }),
};

/// What reads printed pages.
pub const PDFTOTEXT: Tool = Tool {
    name: "pdftotext",
    version: Version::Any,
    why: "reads what the page prints, and where it stands on the paper",
    how_long: "installing it takes some seconds",
    variable: Some("SHAPAN_PDFTOTEXT"),
    source: Source::System(System {
        names: &["pdftotext"],
        places: &["/opt/homebrew/bin/pdftotext"],
        packages: &["poppler-utils"],
        by_hand: "\
Install Poppler's tools, for example
  Debian: sudo apt-get install --no-install-recommends poppler-utils
  macOS:  brew install poppler
or name your own pdftotext, with pdftoppm beside it, with SHAPAN_PDFTOTEXT.
`cargo xtask test --quick` does without.",
    }),
};

/// What building and serving the page needs.
pub static PAGE: [&Tool; 4] = [&WASM_TARGET, &TRUNK, &WASM_BINDGEN, &WASM_OPT];

/// What the checks need that use no page and no browser.
pub static CHECKS: [&Tool; 3] = [&WASM_TARGET, &RUSTFMT, &CLIPPY];

/// What the whole gate needs.
pub static EVERYTHING: [&Tool; 11] = [
    &WASM_TARGET,
    &RUSTFMT,
    &CLIPPY,
    &WASM_OPT,
    &AXE,
    &CHROMIUM,
    &CHROMEDRIVER,
    &LIBREOFFICE,
    &PDFTOTEXT,
    &WASM_BINDGEN,
    &TRUNK,
];

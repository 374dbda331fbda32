//! The values of PDF (ISO 32000-1, 7.3), read leniently: whatever a file claims, reading ends and goes on behind it.

/// One value.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Value {
    Name(String),
    Text(Vec<u8>),
    Number(f64),
    Array(Vec<Value>),
    Fields(Vec<(String, Value)>),
    /// Another object, by its number.
    Object(u32),
    /// `true`, `null`, an operator of a page.
    Word(String),
}

impl Value {
    /// The field of this name; none where there is none or the value has no fields.
    pub(super) fn get(&self, name: &str) -> Option<&Value> {
        match self {
            Self::Fields(fields) => fields.iter().find(|(own, _)| own == name).map(|(_, value)| value),
            _ => None,
        }
    }

    pub(super) fn name(&self) -> Option<&str> {
        match self {
            Self::Name(name) => Some(name),
            _ => None,
        }
    }

    /// A number that counts or names something: whole, and not below 0.
    #[expect(clippy::cast_sign_loss, reason = "a number below 0 becomes 0")]
    pub(super) fn count(&self) -> Option<u32> {
        self.number().map(|number| number as u32)
    }

    pub(super) fn number(&self) -> Option<f64> {
        match self {
            Self::Number(number) => Some(*number),
            _ => None,
        }
    }
}

/// Values are nested so deep at most.
const MOST_DEPTH: usize = 40;

/// Reads values from bytes, one after another.
pub(super) struct Reader<'a> {
    pub(super) bytes: &'a [u8],
    pub(super) at: usize,
}

impl<'a> Reader<'a> {
    pub(super) fn new(bytes: &'a [u8], at: usize) -> Self {
        Self { bytes, at }
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    pub(super) fn skip_space(&mut self) {
        while let Some(byte) = self.peek() {
            match byte {
                0 | 9 | 10 | 12 | 13 | 32 => self.at += 1,
                b'%' => {
                    while self.peek().is_some_and(|byte| byte != b'\n' && byte != b'\r') {
                        self.at += 1;
                    }
                }
                _ => return,
            }
        }
    }

    /// The next value; none at the end, or where a bracket is closed.
    pub(super) fn value(&mut self, depth: usize) -> Option<Value> {
        self.skip_space();
        if depth > MOST_DEPTH {
            return None;
        }
        match self.peek()? {
            b'/' => {
                self.at += 1;
                Some(Value::Name(self.name()))
            }
            b'(' => Some(Value::Text(self.string())),
            b'<' if self.bytes.get(self.at + 1) == Some(&b'<') => {
                self.at += 2;
                Some(self.fields(depth))
            }
            b'<' => Some(Value::Text(self.hexadecimal())),
            b'[' => {
                self.at += 1;
                let mut values = Vec::new();
                while let Some(value) = self.value(depth + 1) {
                    reduce(&mut values, value);
                }
                self.skip_space();
                if self.peek() == Some(b']') {
                    self.at += 1;
                }
                Some(Value::Array(values))
            }
            b']' | b'>' => None,
            b')' | b'{' | b'}' => {
                self.at += 1;
                self.value(depth + 1)
            }
            _ => Some(self.word()),
        }
    }

    /// A value, with a reference to another object read as one.
    pub(super) fn whole_value(&mut self) -> Option<Value> {
        let first = self.value(0)?;
        let Some(number) = first.count() else { return Some(first) };
        let after = self.at;
        let second = self.value(0);
        if second.as_ref().and_then(Value::number).is_some()
            && self.value(0) == Some(Value::Word("R".to_string()))
        {
            return Some(Value::Object(number));
        }
        self.at = after;
        Some(first)
    }

    fn fields(&mut self, depth: usize) -> Value {
        let mut values: Vec<Value> = Vec::new();
        while let Some(value) = self.value(depth + 1) {
            reduce(&mut values, value);
        }
        self.skip_space();
        if self.bytes[self.at..].starts_with(b">>") {
            self.at += 2;
        }
        let mut fields = Vec::with_capacity(values.len() / 2);
        let mut values = values.into_iter();
        while let (Some(name), Some(value)) = (values.next(), values.next()) {
            if let Value::Name(name) = name {
                fields.push((name, value));
            }
        }
        Value::Fields(fields)
    }

    fn name(&mut self) -> String {
        let mut name = String::new();
        while let Some(byte) = self.peek().filter(|byte| is_regular(*byte)) {
            self.at += 1;
            let code = self.bytes.get(self.at..self.at + 2).and_then(|pair| std::str::from_utf8(pair).ok());
            match code.and_then(|code| u8::from_str_radix(code, 16).ok()).filter(|_| byte == b'#') {
                Some(code) => {
                    name.push(char::from(code));
                    self.at += 2;
                }
                None => name.push(char::from(byte)),
            }
        }
        name
    }

    fn word(&mut self) -> Value {
        let start = self.at;
        while self.peek().is_some_and(is_regular) {
            self.at += 1;
        }
        if self.at == start {
            self.at += 1;
        }
        let word = String::from_utf8_lossy(&self.bytes[start..self.at]).into_owned();
        match word.parse::<f64>() {
            Ok(number) if number.is_finite() => Value::Number(number),
            _ => Value::Word(word),
        }
    }

    /// `(…)` with nested brackets and escapes.
    fn string(&mut self) -> Vec<u8> {
        self.at += 1;
        let mut out = Vec::new();
        let mut depth = 1;
        while let Some(byte) = self.peek() {
            self.at += 1;
            match byte {
                b'(' => depth += 1,
                b')' => {
                    depth -= 1;
                    if depth == 0 {
                        break;
                    }
                }
                b'\\' => {
                    let Some(escaped) = self.peek() else { break };
                    self.at += 1;
                    match escaped {
                        b'n' => out.push(b'\n'),
                        b'r' => out.push(b'\r'),
                        b't' => out.push(b'\t'),
                        b'0'..=b'7' => {
                            let mut code = u32::from(escaped - b'0');
                            for _ in 0..2 {
                                let Some(digit @ b'0'..=b'7') = self.peek() else { break };
                                code = code * 8 + u32::from(digit - b'0');
                                self.at += 1;
                            }
                            out.push((code & 0xff) as u8);
                        }
                        b'\r' if self.peek() == Some(b'\n') => self.at += 1,
                        b'\r' | b'\n' => {}
                        other => out.push(other),
                    }
                    continue;
                }
                _ => {}
            }
            out.push(byte);
        }
        out
    }

    fn hexadecimal(&mut self) -> Vec<u8> {
        self.at += 1;
        let mut digits = Vec::new();
        while let Some(byte) = self.peek() {
            self.at += 1;
            if byte == b'>' {
                break;
            }
            digits.extend((byte as char).to_digit(16));
        }
        if digits.len() % 2 == 1 {
            digits.push(0);
        }
        digits.chunks_exact(2).map(|pair| (pair[0] * 16 + pair[1]) as u8).collect()
    }
}

/// Adds a value; `12 0 R` becomes one.
fn reduce(values: &mut Vec<Value>, value: Value) {
    if value == Value::Word("R".to_string())
        && let [.., number, Value::Number(_)] = values.as_slice()
        && let Some(number) = number.count()
    {
        values.truncate(values.len() - 2);
        values.push(Value::Object(number));
    } else {
        values.push(value);
    }
}

fn is_regular(byte: u8) -> bool {
    !matches!(
        byte,
        0 | 9 | 10 | 12 | 13 | 32 | b'(' | b')' | b'<' | b'>' | b'[' | b']' | b'{' | b'}' | b'/' | b'%'
    )
}

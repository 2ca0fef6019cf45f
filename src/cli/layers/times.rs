//! When, how long and how often.

use super::Layers;
use crate::cli::columns::Columns;
use crate::times::value::TimeValue;

impl Layers<'_> {
    pub(super) fn times(&self) -> String {
        let mut columns = Columns::new("  ", self.width);
        for time in &self.document.times {
            let modifier = time.modifier.map(|modifier| format!("{modifier:?}").to_lowercase()).unwrap_or_default();
            let value = time.value.map_or("unknown".to_owned(), |value| value.to_string());
            let every = if matches!(time.value, Some(TimeValue::Every(..))) { "every" } else { "" };
            let about =
                [every, &modifier].iter().filter(|word| !word.is_empty()).copied().collect::<Vec<_>>().join(" ");
            columns.row([self.place(time.span), self.words(time.span), value, about]);
        }
        columns.lines()
    }
}

//! A table as Parquet: typed columns, a group of rows at a time.

use std::io::{self, Write};
use std::sync::Arc;

use jiff::civil::Date;
use parquet::basic::{Compression, LogicalType, Repetition, Type as Physical, ZstdLevel};
use parquet::data_type::{ByteArray, ByteArrayType, DataType, DoubleType, Int32Type, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedFileWriter, SerializedRowGroupWriter};
use parquet::schema::types::{Type, TypePtr};

use super::Row;
use super::column::{Column, Sort};

/// How many bytes of cells are held before a group of rows is written.
const GROUP: usize = 8 << 20;
/// What the name of a column of dates ends in that has days only.
const DAY: &str = "_day";

/// Writes rows to a stream.
pub(super) struct Writer<W: Write + Send> {
    file: SerializedFileWriter<W>,
    columns: Vec<Column>,
    /// Those of the group that is being gathered.
    rows: Vec<Row>,
    /// How many bytes their cells take in memory.
    held: usize,
    /// How many are too many.
    most: usize,
}

impl<W: Write + Send> Writer<W> {
    pub(super) fn new(stream: W, columns: &[Column]) -> io::Result<Self> {
        let properties = WriterProperties::builder()
            .set_compression(Compression::ZSTD(ZstdLevel::default()))
            .set_created_by(concat!("newsgraph version ", env!("CARGO_PKG_VERSION")).to_owned());
        let schema = schema(columns).map_err(failed)?;
        let file = SerializedFileWriter::new(stream, schema, Arc::new(properties.build())).map_err(failed)?;
        Ok(Self { file, columns: columns.to_vec(), rows: Vec::new(), held: 0, most: GROUP })
    }

    pub(super) fn write(&mut self, row: Row) -> io::Result<()> {
        self.held += row.iter().map(|cell| cell.len() + size_of::<String>()).sum::<usize>();
        self.rows.push(row);
        if self.held >= self.most { self.write_group() } else { Ok(()) }
    }

    /// Writes what is left and what closes the file, and gives the stream back.
    pub(super) fn finish(mut self) -> io::Result<W> {
        if !self.rows.is_empty() {
            self.write_group()?;
        }
        self.file.into_inner().map_err(failed)
    }

    fn write_group(&mut self) -> io::Result<()> {
        let mut group = self.file.next_row_group().map_err(failed)?;
        for (place, column) in self.columns.iter().enumerate() {
            let cells = || self.rows.iter().map(|row| row.get(place).map_or("", String::as_str));
            let text = |cell: &str| (!cell.is_empty()).then(|| ByteArray::from(cell.as_bytes().to_vec()));
            match column.sort {
                Sort::Text => write::<_, ByteArrayType>(&mut group, cells().map(text))?,
                Sort::Integer => write::<_, Int64Type>(&mut group, parsed(cells(), column)?)?,
                Sort::Number => write::<_, DoubleType>(&mut group, parsed(cells(), column)?)?,
                Sort::Date => {
                    write::<_, ByteArrayType>(&mut group, cells().map(text))?;
                    write::<_, Int32Type>(&mut group, cells().map(day))?;
                }
            }
        }
        group.close().map_err(failed)?;
        self.rows.clear();
        self.held = 0;
        Ok(())
    }
}

/// The columns as Parquet declares them; each may be empty.
fn schema(columns: &[Column]) -> Result<TypePtr, ParquetError> {
    let field = |name: &str, physical: Physical, logical: Option<LogicalType>| {
        let builder = Type::primitive_type_builder(name, physical).with_repetition(Repetition::OPTIONAL);
        builder.with_logical_type(logical).build().map(Arc::new)
    };
    let mut fields = Vec::new();
    for Column { name, sort, .. } in columns {
        match sort {
            Sort::Integer => fields.push(field(name, Physical::INT64, None)?),
            Sort::Number => fields.push(field(name, Physical::DOUBLE, None)?),
            Sort::Text | Sort::Date => fields.push(field(name, Physical::BYTE_ARRAY, Some(LogicalType::String))?),
        }
        if *sort == Sort::Date {
            fields.push(field(&format!("{name}{DAY}"), Physical::INT32, Some(LogicalType::Date))?);
        }
    }
    Type::group_type_builder("schema").with_fields(fields).build().map(Arc::new)
}

/// Writes the next column of a group: the values that are there, and for each row whether it has one.
fn write<W: Write + Send, T: DataType>(
    group: &mut SerializedRowGroupWriter<'_, W>,
    cells: impl IntoIterator<Item = Option<T::T>>,
) -> io::Result<()> {
    let mut values = Vec::new();
    let mut levels = Vec::new();
    for cell in cells {
        levels.push(i16::from(cell.is_some()));
        values.extend(cell);
    }
    let mut column = group.next_column().map_err(failed)?.ok_or_else(|| io::Error::other("a column too many"))?;
    column.typed::<T>().write_batch(&values, Some(&levels), None).map_err(failed)?;
    column.close().map_err(failed)
}

/// The cells of a column as numbers.
fn parsed<'a, T: std::str::FromStr>(
    cells: impl Iterator<Item = &'a str>,
    column: &Column,
) -> io::Result<Vec<Option<T>>> {
    let number = |cell: &str| {
        let error = || io::Error::other(format!("column {}: {cell:?} is no {}", column.name, column.sort));
        cell.parse().map_err(|_| error())
    };
    cells.map(|cell| if cell.is_empty() { Ok(None) } else { number(cell).map(Some) }).collect()
}

/// The day of a date or of a moment where it is told from, since 1970; none of a month or a year.
fn day(date: &str) -> Option<i32> {
    let date: Date = date.get(..10)?.parse().ok()?;
    Some((date - Date::constant(1970, 1, 1)).get_days())
}

fn failed(error: ParquetError) -> io::Error {
    match error {
        ParquetError::External(cause) => match cause.downcast::<io::Error>() {
            Ok(error) => *error,
            Err(cause) => io::Error::other(cause),
        },
        error => io::Error::other(error),
    }
}

#[cfg(test)]
mod tests {
    use std::fs::File;

    use parquet::file::reader::{FileReader, SerializedFileReader};

    use super::*;

    const COLUMNS: [Column; 4] =
        [Column::text("who", ""), Column::integer("begin", ""), Column::number("sure", ""), Column::date("when", "")];

    fn row(cells: [&str; 4]) -> Row {
        cells.map(str::to_owned).into()
    }

    fn written(rows: &[Row], most: usize) -> SerializedFileReader<File> {
        let mut writer = Writer::new(tempfile::tempfile().unwrap(), &COLUMNS).unwrap();
        writer.most = most;
        rows.iter().for_each(|row| writer.write(row.clone()).unwrap());
        SerializedFileReader::new(writer.finish().unwrap()).unwrap()
    }

    fn read(reader: &SerializedFileReader<File>) -> Vec<String> {
        reader.get_row_iter(None).unwrap().map(|row| row.unwrap().to_string()).collect()
    }

    #[test]
    fn values_have_their_types_and_what_is_not_known_is_null() {
        let rows = [
            row(["Ann Lind", "12", "0.95", "2025-03-04"]),
            row(["", "", "", ""]),
            row(["Siân", "0", "1", "2025-03"]),
            row(["x", "7", "1.0E-1", "1969-12-31T23:30:00-05:00"]),
        ];
        assert_eq!(
            read(&written(&rows, GROUP)),
            [
                "{who: \"Ann Lind\", begin: 12, sure: 0.95, when: \"2025-03-04\", when_day: 2025-03-04}",
                "{who: null, begin: null, sure: null, when: null, when_day: null}",
                "{who: \"Siân\", begin: 0, sure: 1.0, when: \"2025-03\", when_day: null}",
                "{who: \"x\", begin: 7, sure: 0.1, when: \"1969-12-31T23:30:00-05:00\", when_day: 1969-12-31}",
            ]
        );
        let mut writer = Writer::new(Vec::new(), &COLUMNS).unwrap();
        writer.write(row(["x", "many", "", ""])).unwrap();
        assert_eq!(writer.finish().unwrap_err().to_string(), "column begin: \"many\" is no integer");
    }

    #[test]
    fn rows_are_written_in_groups_and_come_back_in_order() {
        let rows: Vec<Row> = (0..100).map(|n| row(["Ann", &n.to_string(), "0.5", "2025"])).collect();
        let (one, many) = (written(&rows, GROUP), written(&rows, 1000));
        assert_eq!(one.num_row_groups(), 1);
        assert!((10..30).contains(&many.num_row_groups()), "{}", many.num_row_groups());
        assert_eq!(read(&one), read(&many));
        assert_eq!(read(&one).len(), 100);
        assert!(read(&written(&[], GROUP)).is_empty());
    }
}

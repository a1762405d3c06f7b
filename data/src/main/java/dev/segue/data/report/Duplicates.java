package dev.segue.data.report;

/// What reading the source of a domain found twice. The counts of rows are 0 where the catalogue
/// has no cleaning report.
///
/// @param rowsRead rows of the source
/// @param rowsRepeated rows left out because an earlier one says the same
/// @param rowsJoined rows that added a genre to an item of an earlier row
/// @param rowsRejected rows left out because they cannot be used
/// @param sharedTitles items whose title another item of the domain has too
public record Duplicates(
    long rowsRead, long rowsRepeated, long rowsJoined, long rowsRejected, long sharedTitles) {}

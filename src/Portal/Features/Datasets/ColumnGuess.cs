using Governance.Audit.Data;
using Governance.Audit.Data.Schemas;
using Governance.Registry.Datasets;

namespace Governance.Portal.Features.Datasets;

/// <summary>What a column of an uploaded file probably is, for a person to correct. Pure.</summary>
internal static class ColumnGuess
{
    private const int MostLevels = 50; // text with more distinct values than this is free text, not categories

    // In a column of text these mean "missing" and nothing else; "none" and "-" may be answers.
    private static readonly string[] SureMarkers = ["?", "NA", "N/A", "#N/A", "NULL", "NaN"];

    private static readonly string[] LabelNames = ["label", "target", "outcome", "y", "class", "default", "deny", "two_year_recid", "credit_risk"];
    private static readonly string[] ProtectedNames =
        ["sex", "gender", "race", "ethnicity", "age", "religion", "disability", "nationality", "afam", "marital", "marital_status", "pregnant", "single"];

    // Whole names only: "company_name" or "street_width" may be no person's.
    private static readonly string[] PersonalNames =
    [
        "name", "first_name", "last_name", "surname", "full_name", "forename", "email", "e_mail", "phone", "mobile", "telephone", "address", "street",
        "postcode", "zip", "zip_code", "birthday", "birthdate", "birth_date", "date_of_birth", "dob", "ssn", "social_security_number", "passport",
        "iban", "account_number", "card_number", "ip", "ip_address", "latitude", "longitude",
    ];

    private static readonly string[] SubjectNames =
        ["person_id", "customer_id", "client_id", "applicant_id", "patient_id", "subject_id", "user_id", "member_id", "employee_id", "defendant_id"];

    private static readonly string[] TimeNames = ["date", "time", "timestamp", "datetime", "month", "year"];

    /// <summary>Guesses kind and role of every column of a table. The last column named like a label is the label.</summary>
    public static IReadOnlyList<DatasetColumn> Of(Table table)
    {
        string? label = table.Columns.LastOrDefault(column => Is(column.Name, LabelNames))?.Name;
        ColumnSummary[] summaries = [.. table.Columns.Select(ColumnSummary.Of)];
        DatasetColumn[] guessed = [.. table.Columns.Select((column, i) => Of(column, summaries[i], label))];

        // Of thousands of pixels a few are 0 or 1 in all rows, or rise from row to row: they are what their neighbours are.
        foreach (ColumnRun run in ColumnRun.Of([.. guessed.Select(column => column.Name)], (a, b) => summaries[a].IsNumeric && summaries[b].IsNumeric))
        {
            for (int i = run.First; run.Count > 1 && i < run.First + run.Count; i++)
            {
                guessed[i] = new DatasetColumn(guessed[i].Name, ColumnKind.Numeric, ColumnRole.Feature);
            }
        }

        return guessed;
    }

    /// <summary>The distinct values of a column in ordinal order, at most <paramref name="most"/> of them.</summary>
    public static IReadOnlyList<string> Levels(Column column, int most) =>
        [.. Enumerable.Range(0, column.Count).Select(column.Text).OfType<string>().Distinct(StringComparer.Ordinal).Take(most).Order(StringComparer.Ordinal)];

    /// <summary>The level that is positive by custom: 1, true or yes, if exactly one of them occurs; else null.</summary>
    public static string? Positive(IEnumerable<string> levels)
    {
        List<string> customary = [.. levels.Where(level => level is "1" or "true" or "yes")];
        return customary.Count == 1 ? customary[0] : null;
    }

    private static DatasetColumn Of(Column column, ColumnSummary summary, string? label) =>
        new(column.Name, KindOf(summary), RoleOf(column, summary, label))
        {
            Personal = column.Name != label && (Is(column.Name, PersonalNames) || KindOf(summary) == ColumnKind.Text),
            Subject = Is(column.Name, SubjectNames),
            Missing = [.. summary.Markers.Where(marker => summary.OnlyMarkers || SureMarkers.Contains(marker))],
        };

    private static ColumnKind KindOf(ColumnSummary summary) => summary switch
    {
        { Shape: ColumnShape.Truth } => ColumnKind.Boolean,
        { Shape: ColumnShape.Date } => ColumnKind.Date,
        { IsNumeric: true } or { OnlyMarkers: true } => ColumnKind.Numeric,
        { Distinct: <= MostLevels } => ColumnKind.Categorical,
        _ => ColumnKind.Text,
    };

    private static ColumnRole RoleOf(Column column, ColumnSummary summary, string? label) => column.Name switch
    {
        var name when name == label => ColumnRole.Label,
        var name when Is(name, ["weight", "sample_weight", "fnlwgt"]) => ColumnRole.Weight,
        var name when Is(name, ["prediction", "predicted", "pred"]) => ColumnRole.Prediction,
        var name when Is(name, ["score", "probability", "prob"]) => ColumnRole.Score,
        var name when Is(name, ["id"]) || name.EndsWith("_id", StringComparison.OrdinalIgnoreCase) => ColumnRole.Id,
        var name when Is(name, TimeNames) => ColumnRole.Time,
        var name when Is(name, ProtectedNames) => ColumnRole.Protected,
        _ => summary.Shape == ColumnShape.Key ? ColumnRole.Id : ColumnRole.Feature,
    };

    private static bool Is(string name, string[] names) =>
        names.Contains(name.Trim().Replace('-', '_').Replace(' ', '_'), StringComparer.OrdinalIgnoreCase);
}

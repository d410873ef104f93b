using System.Globalization;
using Governance.Audit.Data.Duplicates;
using Governance.Audit.Findings;

namespace Governance.Portal.Features.Datasets;

/// <summary>Repeated and shared rows in sentences, the same on the page and on the command line.</summary>
internal static class DuplicateWords
{
    /// <summary>"7.8 %" of a whole; "0 %" of none.</summary>
    public static string Share(double part, double whole) =>
        $"{(whole > 0 ? 100 * part / whole : 0).ToString("0.##", CultureInfo.InvariantCulture)} %";

    /// <summary>What a table repeats.</summary>
    public static string Repeated(RepeatedRows rows)
    {
        string repeats = rows.Repeated == 0 ? "No row repeats an earlier one"
            : $"{Rows(rows.Repeated, rows.Rows)} repeat an earlier one in all columns ({PlainNumbers.Count(rows.Groups)} different, the most frequent {PlainNumbers.Count(rows.Largest)} times)";
        return rows.Contradicting is int mixed and > 0
            ? $"{repeats}; {Rows(mixed, rows.Rows)} have features that occur with another label too." : $"{repeats}.";
    }

    /// <summary>What a table of so many rows shares with another.</summary>
    public static string Shared(SharedRows shared, int rows, string name)
    {
        if (shared.Rows == 0)
        {
            return $"No row occurs in {name}.";
        }

        string labels = shared.SameLabel is int same ? $", {PlainNumbers.Count(same)} of them with the same label" : "";
        string verdict = shared.IsLikelyLeak ? "That is more than chance explains: what is trained on one and tested on the other has seen these rows."
            : "Chance explains that.";
        return $"{Rows(shared.Rows, rows)} occur in {name}{labels}; by chance about {Share(shared.ByChance, 1)}. {verdict}";
    }

    private static string Rows(int part, int whole) =>
        $"{PlainNumbers.Count(part)} of {PlainNumbers.Count(whole)} rows ({Share(part, whole)})";
}

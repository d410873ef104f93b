namespace Governance.Audit.Data.Duplicates;

/// <summary>Rows of one table that occur more than once.</summary>
/// <param name="Rows">The table's rows.</param>
/// <param name="Repeated">Rows that repeat an earlier one in all columns.</param>
/// <param name="Groups">Different rows that occur more than once.</param>
/// <param name="Largest">How often the most frequent occurs.</param>
/// <param name="Contradicting">Rows whose features occur with another label too; null without a label.</param>
/// <param name="Examples">Lines of a row and of an earlier one that it repeats; few.</param>
public sealed record RepeatedRows(
    int Rows, int Repeated, int Groups, int Largest, int? Contradicting, IReadOnlyList<RowPair> Examples);

/// <summary>Rows of one table that occur in another.</summary>
/// <param name="Rows">Rows of the first whose features occur in the second.</param>
/// <param name="Share">Their share of the first's rows, 0 to 1.</param>
/// <param name="SameLabel">Of these, how many occur there with the same label; null without a label.</param>
/// <param name="OtherLabel">Of these, how many occur there with other labels only; null without a label.</param>
/// <param name="OfOther">Rows of the second whose features occur in the first.</param>
/// <param name="ByChance">
/// The share that an independent sample of the second's size would have by chance, from how often the first repeats its
/// own features (linear in the sample's size, at most 1), so that data of few distinct rows are not taken for a leak.
/// </param>
/// <param name="Examples">Lines in the first and the second table; few.</param>
public sealed record SharedRows(
    int Rows, double Share, int? SameLabel, int? OtherLabel, int OfOther, double ByChance, IReadOnlyList<RowPair> Examples)
{
    /// <summary>Whether clearly more is shared than by chance: over twice that share plus 1 in 1,000. A rule of thumb, no test.</summary>
    public bool IsLikelyLeak => Share > (2 * ByChance) + 0.001;
}

/// <summary>Two rows that are equal.</summary>
/// <param name="A">The line in the first file.</param>
/// <param name="B">The line in the second file, or of the earlier row of the same file.</param>
/// <param name="SameLabel">Whether their labels are equal; null without a label.</param>
public sealed record RowPair(long A, long B, bool? SameLabel);

/// <summary>What two tables share, and what each repeats.</summary>
/// <param name="Columns">The columns compared: those that both have, without the label and what was to be ignored.</param>
/// <param name="Label">The label column, or null.</param>
/// <param name="A">The first table.</param>
/// <param name="B">The second table, or null.</param>
/// <param name="Shared">Rows of the first in the second, or null.</param>
public sealed record DuplicateReport(
    IReadOnlyList<string> Columns, string? Label, RepeatedRows A, RepeatedRows? B, SharedRows? Shared);

using Governance.Audit.Explanations;
using Governance.Registry.Ledger;
using Governance.Registry.Policies;

namespace Governance.Portal.Features.SignOffs;

/// <summary>One row with what the model decided and what is known to be true.</summary>
/// <param name="Row">From 0.</param>
/// <param name="Decision">What the model decided.</param>
/// <param name="Truth">What is true; null where nobody knows.</param>
/// <param name="Distance">How far the score lies from the threshold; null where the model has none.</param>
internal sealed record ScoredRow(int Row, string Decision, string? Truth, double? Distance);

/// <summary>A row to look at, and why it was chosen.</summary>
/// <param name="Case">The row.</param>
/// <param name="Stratum">Such as "decided wrongly as yes".</param>
internal sealed record ChosenCase(ScoredRow Case, string Stratum);

/// <summary>Chooses cases for reviewers: by outcome, by error, near the threshold. The same version gives the same cases. Pure.</summary>
internal static class StratifiedCases
{
    /// <summary>How many cases are chosen where the policy does not say.</summary>
    public const int Most = 20;

    /// <summary>How many cases a policy asks for.</summary>
    public static int CountOf(PolicyPack pack) => (int)(pack.Limit("reviewed-cases") ?? Most);

    private const string Near = "near the threshold";

    /// <summary>Chooses them: a third near the threshold, the rest in turn from each kind of right and wrong decision.</summary>
    /// <param name="rows">All rows.</param>
    /// <param name="count">How many; fewer where there are not so many rows.</param>
    /// <param name="version">The version's digest: what the drawing is seeded by.</param>
    /// <returns>In the order of the strata, then of the rows.</returns>
    public static IReadOnlyList<ChosenCase> Of(IReadOnlyList<ScoredRow> rows, int count, FactDigest version)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        SeededRandom random = new(int.Parse(version.Hex[..7], System.Globalization.NumberStyles.HexNumber, System.Globalization.CultureInfo.InvariantCulture), -1);
        List<ChosenCase> chosen =
        [
            .. rows.Where(row => row.Distance is not null).OrderBy(row => row.Distance).ThenBy(row => row.Row).Take(count / 3).Select(row => new ChosenCase(row, Near)),
        ];
        HashSet<int> taken = [.. chosen.Select(each => each.Case.Row)];
        List<(string Stratum, Queue<ScoredRow> Rows)> strata =
        [
            .. rows.Where(row => !taken.Contains(row.Row)).GroupBy(StratumOf).OrderBy(group => group.Key, StringComparer.Ordinal)
                .Select(group => (group.Key, new Queue<ScoredRow>(Shuffled([.. group.OrderBy(row => row.Row)], random)))),
        ];
        while (chosen.Count < count && strata.Exists(stratum => stratum.Rows.Count > 0))
        {
            foreach ((string stratum, Queue<ScoredRow> left) in strata)
            {
                if (chosen.Count < count && left.TryDequeue(out ScoredRow? row))
                {
                    chosen.Add(new ChosenCase(row, stratum));
                }
            }
        }

        return [.. chosen.OrderBy(each => each.Stratum == Near ? 0 : 1).ThenBy(each => each.Stratum, StringComparer.Ordinal).ThenBy(each => each.Case.Row)];
    }

    private static string StratumOf(ScoredRow row) =>
        row.Truth is null ? $"decided as {row.Decision}"
        : row.Truth == row.Decision ? $"decided rightly as {row.Decision}"
        : $"decided wrongly as {row.Decision}";

    private static ScoredRow[] Shuffled(ScoredRow[] rows, SeededRandom random)
    {
        for (int i = rows.Length - 1; i > 0; i--)
        {
            int other = random.NextBelow(i + 1);
            (rows[i], rows[other]) = (rows[other], rows[i]);
        }

        return rows;
    }
}

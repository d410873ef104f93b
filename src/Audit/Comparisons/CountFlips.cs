using Governance.Audit.Data;
using Governance.Audit.Statistics;

namespace Governance.Audit.Comparisons;

/// <summary>Counts rows that two versions decide differently, overall and by protected group.</summary>
public static class CountFlips
{
    /// <summary>McNemar's table and tests.</summary>
    /// <param name="truth">Shape [rows]: the true class.</param>
    /// <param name="a">Shape [rows]: the first's class.</param>
    /// <param name="b">Shape [rows]: the second's class.</param>
    public static DiscordantRows Discordant(ReadOnlySpan<int> truth, ReadOnlySpan<int> a, ReadOnlySpan<int> b)
    {
        long onlyA = 0, onlyB = 0, both = 0, neither = 0;
        for (int row = 0; row < truth.Length; row++)
        {
            switch (a[row] == truth[row], b[row] == truth[row])
            {
                case (true, true): both++; break;
                case (true, false): onlyA++; break;
                case (false, true): onlyB++; break;
                default: neither++; break;
            }
        }

        McNemar test = new(onlyA, onlyB);
        return new DiscordantRows(
            onlyA, onlyB, both, neither, double.IsNaN(test.ChiSquare) ? null : test.ChiSquare, test.ExactP, test.MidP);
    }

    /// <summary>All flips, and between which classes.</summary>
    /// <param name="a">Shape [rows]: the first's class.</param>
    /// <param name="b">Shape [rows]: the second's class.</param>
    /// <param name="classes">The names.</param>
    /// <param name="level">The confidence level of the share.</param>
    public static DecisionFlips All(int[] a, int[] b, IReadOnlyList<string> classes, double level)
    {
        FlipMove[] moves = [.. Enumerable.Range(0, a.Length).Where(row => a[row] != b[row]).GroupBy(row => (a[row], b[row]))
            .Select(group => new FlipMove(classes[group.Key.Item1], classes[group.Key.Item2], group.Count()))
            .OrderByDescending(move => move.Count).ThenBy(move => move.From, StringComparer.Ordinal).ThenBy(move => move.To, StringComparer.Ordinal)];
        int count = moves.Sum(move => move.Count);
        double share = (double)count / a.Length;
        return new DecisionFlips(count, share, WilsonInterval.Compute(share, a.Length, level).ToArray(), moves);
    }

    /// <summary>The flips of each group of an attribute.</summary>
    /// <param name="groups">The attribute.</param>
    /// <param name="truth">Shape [rows]: the true class; null where nobody knows it, and nothing is said of who is right.</param>
    /// <param name="a">Shape [rows]: the first's class.</param>
    /// <param name="b">Shape [rows]: the second's class.</param>
    /// <param name="favourable">The class that a person wants; null where there is none.</param>
    /// <param name="options">The level and the least rows of a group.</param>
    public static IReadOnlyList<GroupFlips> ByGroup(Levels groups, int[]? truth, int[] a, int[] b, int? favourable, ComparisonOptions options)
    {
        ILookup<int, int> members = Enumerable.Range(0, a.Length).ToLookup(row => groups.Codes[row]);
        GroupFlips[] flips = [.. groups.Names.Select((name, code) => Of(groups.Name, name, [.. members[code]], truth, a, b, favourable, options))];
        double[] p = [.. flips.Select(group => group.PValue).OfType<double>()];
        if (p.Length == 0)
        {
            return flips;
        }

        double[] adjusted = MultipleTests.Holm(p);
        return [.. flips.Select((group, i) => group with { AdjustedPValue = adjusted[i], Verdict = Verdict(group, adjusted[i], options) })];
    }

    private static GroupFlips Of(
        string attribute, string name, int[] rows, int[]? truth, int[] a, int[] b, int? favourable, ComparisonOptions options)
    {
        int flips = rows.Count(row => a[row] != b[row]);
        double? share = rows.Length == 0 ? null : (double)flips / rows.Length;
        int? gained = favourable is int wanted ? rows.Count(row => a[row] != wanted && b[row] == wanted) : null;
        int? lost = favourable is int other ? rows.Count(row => a[row] == other && b[row] != other) : null;
        return new GroupFlips(
            attribute, name, rows.Length, flips, share,
            share is double part ? WilsonInterval.Compute(part, rows.Length, options.Performance.Level).ToArray() : null,
            gained, lost, gained is int more && lost is int fewer ? new McNemar(more, fewer).MidP : null, null,
            Right(rows, truth, a), Right(rows, truth, b),
            "undecided")
        {
            FavourableA = ShareOf(rows, a, favourable),
            FavourableB = ShareOf(rows, b, favourable),
            ShiftInterval = gained is int won && lost is int gone && rows.Length > 0
                ? PairedShare.Interval(won, gone, rows.Length, options.Performance.Level).ToArray() : null,
        };
    }

    private static double? Right(int[] rows, int[]? truth, int[] said) =>
        truth is null || rows.Length == 0 ? null : (double)rows.Count(row => said[row] == truth[row]) / rows.Length;

    private static double? ShareOf(int[] rows, int[] decided, int? favourable) =>
        favourable is not int wanted || rows.Length == 0 ? null : (double)rows.Count(row => decided[row] == wanted) / rows.Length;

    private static string Verdict(GroupFlips group, double adjusted, ComparisonOptions options) =>
        group.Count < options.MinGroup ? "too few rows"
        : adjusted > 1 - options.Performance.Level ? "undecided"
        : group.Gained > group.Lost ? "gains" : "loses";
}

using Governance.Audit.Data;
using Governance.Audit.Statistics;
using Governance.Registry.Policies;

namespace Governance.Audit.Equivalence;

/// <summary>What changed for each protected group: a loss that the whole does not show is found here and named. Pure.</summary>
/// <remarks>
/// Each group has to keep its limits by itself, so the claim "no group lost more" needs no correction for their number (an
/// intersection-union test: Berger, Technometrics 24, 1982). McNemar's p values, which claim that a group did change, are
/// adjusted by Holm over the groups of a column.
/// </remarks>
public static class GroupLines
{
    /// <summary>The lines of all groups of all protected columns.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="pack">Limits, level and the smallest sizes.</param>
    public static IEnumerable<EquivalenceLine> Of(PairedRows rows, PolicyPack pack)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(pack);
        IReadOnlyList<Rate> rates = rows.IsRegression ? [] : Rates(rows);
        foreach (EquivalenceLine line in Absent(rows, rates, pack))
        {
            yield return line;
        }

        foreach (string column in rows.Protected)
        {
            Levels groups = Levels.Of(rows.Table.Need(column));
            IEnumerable<EquivalenceLine> lines = rows.IsRegression ? Errors(rows, groups, pack) : rates.SelectMany(rate => Shares(groups, rate, pack));
            foreach (EquivalenceLine line in lines)
            {
                yield return line;
            }
        }
    }

    // What is counted of a row, and of which rows it is a share.
    private static IReadOnlyList<Rate> Rates(PairedRows rows)
    {
        (string[] truth, string[] a, string[] b) = rows.Decisions();
        List<Rate> rates = [new("accuracy", EquivalenceLimits.GroupAccuracyLoss, LimitSide.Loss, Are(a, truth), Are(b, truth), All(truth.Length))];
        if (rows.Favourable is string wanted)
        {
            rates.Add(new("selection_rate", EquivalenceLimits.GroupSelectionChange, LimitSide.Change, Are(a, wanted), Are(b, wanted), All(truth.Length)));
        }

        if (rows.Positive is string positive)
        {
            bool[] positives = Are(truth, positive);
            rates.Add(new("tpr", EquivalenceLimits.GroupTprLoss, LimitSide.Loss, Are(a, positive), Are(b, positive), positives));
            rates.Add(new("fpr", EquivalenceLimits.GroupFprRise, LimitSide.Rise, Are(a, positive), Are(b, positive), Array.ConvertAll(positives, own => !own)));
        }

        return rates;
    }

    private static IEnumerable<EquivalenceLine> Shares(Levels groups, Rate rate, PolicyPack pack)
    {
        int[] codes = groups.Codes.ToArray();
        List<(EquivalenceLine Line, bool Enough, double? P)> lines = [];
        for (int group = 0; group < groups.Names.Count; group++)
        {
            int own = group;
            long size = codes.LongCount(code => code == own);
            PairedCounts counts = PairedCounts.Of(rate.A, rate.B, [.. rate.Of.Select((belongs, row) => belongs && codes[row] == own)]);
            bool enough = size >= pack.SmallestGroup && counts.Rows >= pack.FewestEvents;
            lines.Add((
                new EquivalenceLine
                {
                    Name = rate.Name, Topic = EquivalenceTopics.Groups, Attribute = groups.Name, Group = groups.Names[group],
                    A = counts.A, B = counts.B, Difference = counts.Difference, Interval = counts.Interval(pack.Level), N = counts.Rows,
                    Test = counts.Rows == 0 ? null : "mcnemar-mid-p",
                    Reason = enough ? null : Small(size, counts.Rows, pack),
                },
                enough, counts.Rows == 0 ? null : counts.PValue));
        }

        double[] adjusted = MultipleTests.Holm([.. lines.Select(line => line.P).OfType<double>()]);
        int next = 0;
        foreach ((EquivalenceLine line, bool enough, double? p) in lines)
        {
            EquivalenceLine tested = line with { PValue = p, AdjustedPValue = p is null ? null : adjusted[next++] };
            yield return enough ? JudgeLine.Of(tested, rate.Limit, rate.Side, pack) : EquivalenceWords.Told(tested);
        }
    }

    // The rise of the mean error as a share of the parent's in the same group.
    private static IEnumerable<EquivalenceLine> Errors(PairedRows rows, Levels groups, PolicyPack pack)
    {
        (double[] a, double[] b) = rows.Errors();
        for (int group = 0; group < groups.Names.Count; group++)
        {
            int[] members = [.. Enumerable.Range(0, a.Length).Where(row => groups.Codes[row] == group)];
            bool enough = members.Length >= pack.SmallestGroup;
            EquivalenceLine line = ErrorRise.Of([.. members.Select(row => a[row])], [.. members.Select(row => b[row])], pack.Level) with
            {
                Name = "mae_rise", Topic = EquivalenceTopics.Groups, Attribute = groups.Name, Group = groups.Names[group],
                Reason = enough ? null : Small(members.Length, members.Length, pack),
            };
            yield return enough ? JudgeLine.Of(line, EquivalenceLimits.GroupErrorRise, LimitSide.Rise, pack) : EquivalenceWords.Told(line);
        }
    }

    // Every limit of the policy stands on some line, so that none is met by not being looked at.
    private static IEnumerable<EquivalenceLine> Absent(PairedRows rows, IReadOnlyList<Rate> rates, PolicyPack pack)
    {
        (string Limit, string Name)[] all =
        [
            (EquivalenceLimits.GroupAccuracyLoss, "accuracy"), (EquivalenceLimits.GroupSelectionChange, "selection_rate"),
            (EquivalenceLimits.GroupTprLoss, "tpr"), (EquivalenceLimits.GroupFprRise, "fpr"), (EquivalenceLimits.GroupErrorRise, "mae_rise"),
        ];
        return all.SelectMany(each =>
            each.Limit == EquivalenceLimits.GroupErrorRise != rows.IsRegression
                ? JudgeLine.NotApplicable(EquivalenceTopics.Groups, each.Name, each.Limit, rows.IsRegression ? "the two predict numbers, not classes." : "the two predict classes, not numbers.", pack)
            : rows.Protected.Count == 0
                ? JudgeLine.NotApplicable(EquivalenceTopics.Groups, each.Name, each.Limit, "no protected column was named, so no group was looked at.", pack)
            : rows.IsRegression || rates.Any(rate => rate.Limit == each.Limit) ? []
            : JudgeLine.NotApplicable(EquivalenceTopics.Groups, each.Name, each.Limit, "no class is singled out that the rate is about.", pack));
    }

    private static string Small(long size, long events, PolicyPack pack) => size < pack.SmallestGroup
        ? $"The group has {size} rows, fewer than the {pack.SmallestGroup} that a verdict needs: nothing is decided about it."
        : $"The rate is taken of {events} rows, fewer than the {pack.FewestEvents} that a verdict needs: nothing is decided about it.";

    private static bool[] Are(string[] said, string wanted) => Array.ConvertAll(said, each => each == wanted);

    private static bool[] Are(string[] said, string[] truth) => [.. said.Zip(truth, (x, y) => x == y)];

    private static bool[] All(int rows) => Enumerable.Repeat(true, rows).ToArray();

    private sealed record Rate(string Name, string Limit, LimitSide Side, bool[] A, bool[] B, bool[] Of);
}

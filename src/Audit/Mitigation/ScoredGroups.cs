using Governance.Audit.Data;
using Governance.Audit.Encodings;
using Governance.Audit.Performance;

namespace Governance.Audit.Mitigation;

/// <summary>Decided rows with the group of each, as a mitigation reads them.</summary>
public sealed class ScoredGroups
{
    private readonly Func<RowDraws, int, double> draw;

    /// <summary>Makes them.</summary>
    /// <param name="table">The readable rows.</param>
    /// <param name="decisions">Their labels, scores, weights and decisions as they are.</param>
    /// <param name="columns">The protected columns; several are crossed.</param>
    /// <param name="draw">A row's draw in [0, 1) where chance decides.</param>
    /// <exception cref="InputException">A column is missing or has too many values, or there are no scores.</exception>
    public ScoredGroups(Table table, BinaryDecisions decisions, IReadOnlyList<string> columns, Func<RowDraws, int, double> draw)
    {
        if (columns.Count == 0)
        {
            throw new InputException("Name at least one protected column.");
        }

        if (decisions.Score.IsEmpty)
        {
            throw new InputException("Thresholds and weights need a column of scores.");
        }

        Levels[] levels = [.. columns.Select(name => Levels.Of(table.Need(name)))];
        Table = table;
        Decisions = decisions;
        Columns = columns;
        Groups = levels.Length == 1 ? levels[0] : Levels.Cross(levels);
        this.draw = draw;
    }

    /// <summary>The readable rows.</summary>
    public Table Table { get; }

    /// <summary>Their labels, scores, weights and decisions as they are.</summary>
    public BinaryDecisions Decisions { get; }

    /// <summary>The protected columns.</summary>
    public IReadOnlyList<string> Columns { get; }

    /// <summary>The group of each row.</summary>
    public Levels Groups { get; }

    /// <summary>The same with only these rows, in this order.</summary>
    public ScoredGroups Take(int[] rows) =>
        new(Table.Take(rows), Decisions.Take(rows), Columns, (draws, row) => draw(draws, rows[row]));

    /// <summary>The rows of each group, ascending, in the order of <see cref="Groups"/>.</summary>
    public int[][] RowsByGroup()
    {
        List<int>[] rows = [.. Groups.Names.Select(_ => new List<int>())];
        for (int row = 0; row < Decisions.Rows; row++)
        {
            if (Groups.Codes[row] >= 0)
            {
                rows[Groups.Codes[row]].Add(row);
            }
        }

        return [.. rows.Select(own => own.ToArray())];
    }

    /// <summary>The rows of each group that have a label, in the order of <see cref="Groups"/>.</summary>
    public IReadOnlyList<GroupRows> Labelled() =>
    [
        .. RowsByGroup().Select((own, group) =>
        {
            BinaryDecisions taken = Decisions.Take(Array.FindAll(own, row => Decisions.Label[row] >= 0));
            return new GroupRows(Groups.Names[group], taken.Score.ToArray(), taken.Label.ToArray(), taken.Weight.ToArray());
        }),
    ];

    /// <summary>The decisions under a step, chance included.</summary>
    public BinaryDecisions Decide(GroupThresholds step)
    {
        GroupRule?[] byGroup = [.. Groups.Names.Select(name => step.Groups.FirstOrDefault(rule => rule.Group == name))];
        RowDraws draws = new(step.Key);
        sbyte[] predicted = new sbyte[Decisions.Rows];
        for (int row = 0; row < predicted.Length; row++)
        {
            double score = Decisions.Score[row];
            double chance = Groups.Codes[row] >= 0 && byGroup[Groups.Codes[row]] is GroupRule rule ? rule.Probability(score)
                : score >= step.Otherwise ? 1 : 0;
            predicted[row] = (sbyte)(chance >= 1 || (chance > 0 && draw(draws, row) < chance) ? 1 : 0);
        }

        return With(predicted, Decisions.Score.ToArray());
    }

    /// <summary>The same rows with other decisions.</summary>
    /// <param name="predicted">Shape [rows]: 1 positive, 0 negative.</param>
    /// <param name="scores">Shape [rows].</param>
    public BinaryDecisions With(sbyte[] predicted, double[] scores) => new(
        Decisions.Positive, Decisions.Favourable, Decisions.Label.ToArray(), predicted, scores,
        Decisions.Weight.IsEmpty ? null : Decisions.Weight.ToArray())
    {
        Negative = Decisions.Negative,
    };

    /// <summary>Keeps a seeded share of each group and class for judging.</summary>
    /// <param name="share">Above 0 and below 1.</param>
    /// <param name="seed">Draws the rows.</param>
    /// <returns>The rows to fit on and the rows to judge on, each ascending.</returns>
    public (int[] Fit, int[] HeldOut) Split(double share, int seed)
    {
        List<int> fit = [];
        List<int> held = [];
        foreach (IGrouping<(int, sbyte), int> cell in Enumerable.Range(0, Decisions.Rows)
            .GroupBy(row => (Groups.Codes[row], Decisions.Label[row])).OrderBy(cell => cell.Key))
        {
            int[] rows = [.. cell];
            Explanations.SeededRandom random = new(seed, (((long)cell.Key.Item1 + 1) * 4) + cell.Key.Item2 + 1);
            for (int i = rows.Length - 1; i > 0; i--)
            {
                int other = random.NextBelow(i + 1);
                (rows[i], rows[other]) = (rows[other], rows[i]);
            }

            int kept = (int)Math.Round(share * rows.Length);
            held.AddRange(rows[..kept]);
            fit.AddRange(rows[kept..]);
        }

        fit.Sort();
        held.Sort();
        return ([.. fit], [.. held]);
    }
}

using Governance.Audit.Data;
using Governance.Audit.Explanations;
using Governance.Audit.Performance;

namespace Governance.Audit.CrossValidation;

/// <summary>Which rows a fold trains on and which it is tried on.</summary>
/// <param name="Repeat">From 1.</param>
/// <param name="Fold">From 1.</param>
/// <param name="Train">Rows trained on, ascending.</param>
/// <param name="Test">Rows tried on, ascending.</param>
public sealed record DealtFold(int Repeat, int Fold, int[] Train, int[] Test);

/// <summary>Deals rows out to folds.</summary>
public static class DealFolds
{
    /// <summary>Deals, by class, by group or by time.</summary>
    /// <param name="table">The rows, for the columns of groups and time.</param>
    /// <param name="strata">Shape [rows]: the class of each row; the same for numbers.</param>
    /// <param name="options">Folds, repeats, group, time and seed.</param>
    /// <returns>By time: fold k trains on the first k of K + 1 blocks and is tried on the next; rows of one time stay together.</returns>
    /// <exception cref="InputException">There are too few rows, groups or times, or both group and time are named.</exception>
    public static (string Scheme, IReadOnlyList<DealtFold> Folds) Run(Table table, int[] strata, CrossValidationOptions options)
    {
        if (options.Group is not null && options.Time is not null)
        {
            throw new InputException("Name a column of groups or one of time, not both.");
        }

        if (options.Folds > table.Rows)
        {
            throw new InputException($"{table.Rows} rows cannot be dealt out to {options.Folds} folds.");
        }

        if (options.Time is string time)
        {
            return options.Repeats > 1
                ? throw new InputException("There is one order of time: repeats would give the same folds again.")
                : ("forward-in-time", Forward(table.Need(time), options.Folds));
        }

        List<DealtFold> folds = [];
        Levels? groups = options.Group is string group ? Grouped(table, group, options.Folds) : null;
        for (int repeat = 1; repeat <= options.Repeats; repeat++)
        {
            SeededRandom random = new(options.Seed, -30 - repeat);
            int[] dealt = groups is null
                ? DealRows.Stratified(strata, options.Folds, random)
                : DealRows.Grouped(groups.Codes, options.Folds, random);
            for (int fold = 0; fold < options.Folds; fold++)
            {
                folds.Add(new DealtFold(repeat, fold + 1, Rows(dealt, own => own != fold), Rows(dealt, own => own == fold)));
            }
        }

        return (groups is null ? "stratified" : "grouped", folds);
    }

    private static Levels Grouped(Table table, string column, int folds)
    {
        Levels groups = Levels.Of(table.Need(column));
        return groups.Codes.Contains(-1) ? throw new InputException($"A row has no group in '{column}'.") { Column = column }
            : groups.Names.Count < folds ? throw new InputException($"'{column}' has {groups.Names.Count} groups, fewer than {folds} folds.") { Column = column }
            : groups;
    }

    private static List<DealtFold> Forward(Column column, int folds)
    {
        (int[] rank, IReadOnlyList<string> values) = SplitByTime.Ranks(column);
        int[] sorted = [.. rank.Order()];
        int[] starts = [.. Enumerable.Range(0, folds + 1).Select(block => sorted[(int)((long)sorted.Length * block / (folds + 1))])];
        if (starts.Distinct().Count() < starts.Length)
        {
            throw new InputException(
                $"'{column.Name}' has too few different values ({values.Count}) for {folds} folds in the order of time.") { Column = column.Name };
        }

        List<DealtFold> dealt = [];
        for (int fold = 1; fold <= folds; fold++)
        {
            int from = starts[fold];
            int to = fold == folds ? int.MaxValue : starts[fold + 1];
            dealt.Add(new DealtFold(1, fold, Rows(rank, own => own < from), Rows(rank, own => own >= from && own < to)));
        }

        return dealt;
    }

    private static int[] Rows(int[] codes, Func<int, bool> belongs) => [.. Enumerable.Range(0, codes.Length).Where(row => belongs(codes[row]))];
}

using Governance.Audit.Comparisons;
using Governance.Audit.Data;
using Governance.Audit.Performance;
using Governance.Audit.Runs;

namespace Governance.Audit.Equivalence;

/// <summary>Puts what two versions said of the same rows into one table. Pure.</summary>
internal static class JoinSides
{
    /// <summary>Joins them.</summary>
    /// <param name="a">The rows with what the parent said; decides label, classes and outcomes.</param>
    /// <param name="b">The same rows with what the variant said.</param>
    /// <param name="protectedColumns">The protected columns.</param>
    /// <exception cref="InputException">The two do different tasks, or the rows have no label.</exception>
    public static PairedRows Of(ScoredTable a, ScoredTable b, IReadOnlyList<string> protectedColumns)
    {
        CompareModels.CheckFit(a.IsRegression ? null : a.Classes ?? [], b.IsRegression ? null : b.Classes ?? []);
        string label = a.Label ?? throw new InputException("Which column holds what was true? The equivalence battery needs labelled rows.");
        Table table = a.Table;
        string Add(string name)
        {
            string free = name + " of the variant";
            while (table.Find(free) is not null)
            {
                free += "'";
            }

            table = table.With(Renamed(b.Table.Need(name), free));
            return free;
        }

        string prediction = Add(b.Prediction);
        // Scores are compared where both give them, of the same classes in the same order.
        bool several = a.Classes is { Count: > 2 };
        bool scored = a.Scores.Count == b.Scores.Count && (!several || (a.Scores.Count > 1 && a.Classes!.SequenceEqual(b.Classes!)));
        string[] scores = scored ? [.. b.Scores.Select(Add)] : [];
        foreach (string column in protectedColumns)
        {
            table.Need(column);
        }

        return new PairedRows
        {
            Table = table,
            Label = label,
            A = new PredictionColumns(a.Prediction, scored ? a.Scores : []),
            B = new PredictionColumns(prediction, scores),
            Task = a.IsRegression ? PerformanceTask.Regression : several || a.Positive is null ? PerformanceTask.Multiclass : PerformanceTask.Binary,
            Positive = a.IsRegression || several ? null : a.Positive,
            Favourable = a.Favourable,
            Classes = several ? a.Classes! : [],
            Protected = protectedColumns,
        };
    }

    private static Column Renamed(Column column, string name) => column switch
    {
        NumberColumn numbers => new NumberColumn(name, numbers.Values.ToArray()),
        TextColumn text => new TextColumn(name, text.Codes.ToArray(), [.. text.Levels]),
        _ => throw new ArgumentException("A column of numbers or of text was expected.", nameof(column)),
    };
}

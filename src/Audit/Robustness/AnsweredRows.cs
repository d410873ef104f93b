using Governance.Audit.Data;
using Governance.Audit.Encodings;
using Governance.Audit.Explanations.Importance;

namespace Governance.Audit.Robustness;

/// <summary>A model's answers to the rows as they are: what changed answers are compared with.</summary>
internal sealed class AnsweredRows
{
    private readonly Decisions own;
    private readonly int classes;
    private readonly int[] ownClass;
    private readonly RowTruth?[] truths;

    /// <summary>Takes the answers to the rows as they are.</summary>
    /// <exception cref="InputException">The label does not fit the model.</exception>
    public AnsweredRows(RobustnessRequest request, Decisions own)
    {
        this.own = own;
        int rows = request.Table.Rows;
        classes = own.Probabilities is null || rows == 0 ? 0 : own.Probabilities.Length / rows;
        IReadOnlyList<string>? names = request.Rule.Classes ?? (classes == 0 ? null : [.. Enumerable.Range(0, classes).Select(i => i.ToString())]);
        Dictionary<string, int> places = names is null ? [] : names.Select((name, i) => (name, i)).DistinctBy(pair => pair.name).ToDictionary(pair => pair.name, pair => pair.i);
        ownClass = own.Predicted is null ? [] : [.. own.Predicted.Select(name => places.GetValueOrDefault(name, -1))];
        Metrics = request.Label is null ? []
            : request.Rule.IsRegression ? [ImportanceMetric.Rmse]
            : own.Scores is not null && request.Rule.Positive is not null ? [ImportanceMetric.Accuracy, ImportanceMetric.RocAuc]
            : [ImportanceMetric.Accuracy];
        truths = [.. Metrics.Select(metric => RowTruth.Read(request.Table.Need(request.Label!), request.Table, request.Rule, own, metric))];
    }

    /// <summary>What is measured against the truth.</summary>
    public IReadOnlyList<ImportanceMetric> Metrics { get; }

    /// <summary>Whether answers are classes, so that they can flip.</summary>
    public bool HasClasses => own.Predicted is not null;

    /// <summary>Whether answers are numbers, so that they can shift.</summary>
    public bool HasScores => own.Values is not null || own.Scores is not null || own.Probabilities is not null;

    /// <summary>Compares answers to changed rows with those to the rows as they are.</summary>
    public ChangedRows Compare(Decisions changed)
    {
        int rows = own.Predicted?.Length ?? own.Values!.Length;
        double[] flips = new double[rows];
        double[] shifts = new double[rows];
        double[] silent = new double[rows];
        for (int row = 0; row < rows; row++)
        {
            double shift = HasScores ? Score(changed, row) - Score(own, row) : 0;
            bool answered = double.IsFinite(shift);
            silent[row] = answered ? 0 : 1;
            shifts[row] = answered ? shift : 0;
            flips[row] = !answered || (HasClasses && changed.Predicted![row] != own.Predicted![row]) ? 1 : 0;
        }

        return new ChangedRows(flips, shifts, silent, [.. Enumerable.Range(0, Metrics.Count).Select(i => Scored(i, changed, silent))]);
    }

    // Of accuracy no answer is a wrong one; the other metrics are undefined with it.
    private ScoredRows? Scored(int index, Decisions changed, double[] silent)
    {
        bool all = !silent.Contains(1);
        if (!all && Metrics[index] != ImportanceMetric.Accuracy)
        {
            return null;
        }

        ScoredRows scored = truths[index]!.Score(changed);
        return all ? scored : ScoredRows.OfLosses(ImportanceMetric.Accuracy, [.. scored.Losses.ToArray().Select((loss, row) => silent[row] == 1 ? 1 : loss)]);
    }

    // The value, the positive class's score, or the probability of the class that was predicted at first.
    private double Score(Decisions decisions, int row) => decisions.Values is not null ? decisions.Values[row]
        : decisions.Scores is not null ? decisions.Scores[row]
        : decisions.Probabilities is not null && ownClass[row] >= 0 ? decisions.Probabilities[(row * classes) + ownClass[row]]
        : 0;
}

/// <summary>Answers to one draw of changed rows.</summary>
/// <param name="Flips">Shape [rows]: 1 where the class is another, or there is no number.</param>
/// <param name="Shifts">Shape [rows]: how far the score moved, with its sign; 0 where there is no number.</param>
/// <param name="Silent">Shape [rows]: 1 where there is no number.</param>
/// <param name="Metrics">Shape [metrics]; null where undefined.</param>
internal sealed record ChangedRows(double[] Flips, double[] Shifts, double[] Silent, IReadOnlyList<ScoredRows?> Metrics);

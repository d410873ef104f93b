using Governance.Audit.Comparisons;
using Governance.Audit.Data;
using Governance.Audit.Performance;

namespace Governance.Audit.Equivalence;

/// <summary>Rows with what was true and what parent and variant said of them: what the battery is computed from.</summary>
public sealed record PairedRows
{
    /// <summary>The readable rows with both sides' columns behind them; every row has a label.</summary>
    public required Table Table { get; init; }

    /// <summary>The column with the true outcome.</summary>
    public required string Label { get; init; }

    /// <summary>The parent's columns.</summary>
    public required PredictionColumns A { get; init; }

    /// <summary>The variant's.</summary>
    public required PredictionColumns B { get; init; }

    /// <summary>The task.</summary>
    public required PerformanceTask Task { get; init; }

    /// <summary>The positive class of a binary task, else null.</summary>
    public string? Positive { get; init; }

    /// <summary>The outcome that a person wants; null where none is known.</summary>
    public string? Favourable { get; init; }

    /// <summary>The classes of several, in the order of the scores; empty else.</summary>
    public IReadOnlyList<string> Classes { get; init; } = [];

    /// <summary>The protected columns.</summary>
    public IReadOnlyList<string> Protected { get; init; } = [];

    /// <summary>The columns that hold labels, predictions and scores, which no cohort may name.</summary>
    public IEnumerable<string> Used => [Label, A.Prediction, B.Prediction, .. A.Scores, .. B.Scores];

    /// <summary>Whether the two predict numbers.</summary>
    public bool IsRegression => Task == PerformanceTask.Regression;

    /// <summary>For classes: row by row what was true and what each of the two said.</summary>
    public (string[] Truth, string[] A, string[] B) Decisions() => (Texts(Label), Texts(A.Prediction), Texts(B.Prediction));

    /// <summary>For numbers: row by row how far each of the two was from the truth, at least 0.</summary>
    public (double[] A, double[] B) Errors()
    {
        double[] truth = NumberCells.Read(Table, Label);
        return (Distances(truth, A.Prediction), Distances(truth, B.Prediction));
    }

    private double[] Distances(double[] truth, string prediction) =>
        [.. truth.Zip(NumberCells.Read(Table, prediction), (x, y) => Math.Abs(x - y))];

    // Labels may be numbers and predictions text: both are read as the levels that comparisons see.
    private string[] Texts(string name)
    {
        Levels levels = Levels.Of(Table.Need(name));
        return Array.ConvertAll(levels.Codes.ToArray(), code => code < 0 ? "" : levels.Names[code]);
    }
}

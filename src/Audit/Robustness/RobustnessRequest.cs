using Governance.Audit.Data;
using Governance.Audit.Encodings;
using Governance.Audit.Inference;

namespace Governance.Audit.Robustness;

/// <summary>Whose robustness to measure, and how.</summary>
public sealed record RobustnessRequest
{
    /// <summary>The model.</summary>
    public required IPredictor Predictor { get; init; }

    /// <summary>How its outputs become decisions.</summary>
    public required DecisionRule Rule { get; init; }

    /// <summary>How rows become its inputs.</summary>
    public required RowEncoder Encoder { get; init; }

    /// <summary>The rows, each with a label where <see cref="Label"/> names one.</summary>
    public required Table Table { get; init; }

    /// <summary>The column with what was true; null measures changed answers alone.</summary>
    public string? Label { get; init; }

    /// <summary>The inputs that hold tokens (<see cref="TokenInputs"/>), by name.</summary>
    public IReadOnlyCollection<string> Tokens { get; init; } = [];

    /// <summary>The tests by name (<see cref="RobustnessTests.Names"/>); empty for all that fit the model.</summary>
    public IReadOnlyList<string> Tests { get; init; } = [];

    /// <summary>Columns that are never changed.</summary>
    public IReadOnlyList<string> Immutable { get; init; } = [];

    /// <summary>The token that fills up short rows.</summary>
    public string Padding { get; init; } = "0";

    /// <summary>One weight a row; null for equal weights.</summary>
    public IReadOnlyList<double>? Weights { get; init; }

    /// <summary>How often each random change is drawn, 1 to 1,000.</summary>
    public int Repeats { get; init; } = 3;

    /// <summary>Resamples of the bootstrap over rows, 1 to 100,000.</summary>
    public int Resamples { get; init; } = 200;

    /// <summary>The level of intervals, above 0, below 1.</summary>
    public double Level { get; init; } = 0.95;

    /// <summary>The noise with which columns are compared: standard deviations of numbers, the chance that a level is redrawn. Above 0.</summary>
    public double FragileStrength { get; init; } = 0.5;

    /// <summary>Columns compared with each other at most; a model of more gets no comparison.</summary>
    public int MostColumns { get; init; } = 100;

    /// <summary>The seed.</summary>
    public int Seed { get; init; }

    /// <summary>Refuses what lies outside its range, in the words of the command line.</summary>
    /// <exception cref="InputException">Something does.</exception>
    internal void Check()
    {
        string? strange = Tests.FirstOrDefault(test => !RobustnessTests.Names.Contains(test, StringComparer.Ordinal));
        string? absent = Immutable.FirstOrDefault(column => !Encoder.Columns.Contains(column, StringComparer.Ordinal));
        string? fault = strange is not null ? $"There is no test '{strange}'; there are {string.Join(", ", RobustnessTests.Names)}."
            : absent is not null ? $"The model takes no column '{absent}', so it needs no protection from change."
            : Repeats is < 1 or > 1_000 ? "--repeats takes 1 to 1,000."
            : Resamples is < 1 or > 100_000 ? "--bootstrap takes 1 to 100,000 resamples."
            : !(Level is > 0 and < 1) ? "--level takes a number between 0 and 1."
            : !(FragileStrength > 0) ? "--fragile takes a number above 0."
            : null;
        if (fault is not null)
        {
            throw new InputException(fault);
        }
    }
}

using Governance.Audit.Data;
using Governance.Audit.Encodings;
using Governance.Audit.Inference;

namespace Governance.Audit.Counterfactuals;

/// <summary>Whose counterfactuals to find, and how.</summary>
public sealed record CounterfactualRequest
{
    /// <summary>Rows of the population that the model is asked about as starts, where the data has more.</summary>
    public const int MostSeeds = 2_000;

    /// <summary>The model.</summary>
    public required IPredictor Predictor { get; init; }

    /// <summary>Turns readable rows into the model's inputs.</summary>
    public required RowEncoder Encoder { get; init; }

    /// <summary>The table that holds the case.</summary>
    public required Table Data { get; init; }

    /// <summary>The case, from 0.</summary>
    public required int Row { get; init; }

    /// <summary>The rows that say what is possible.</summary>
    public required Table Population { get; init; }

    /// <summary>The answer looked for, as <see cref="CounterfactualTarget.Read"/> takes it.</summary>
    public string? Target { get; init; }

    /// <summary>Overrides the encoding's positive class.</summary>
    public string? Positive { get; init; }

    /// <summary>Overrides the encoding's threshold.</summary>
    public double? Threshold { get; init; }

    /// <summary>What may change.</summary>
    public ActionConstraints Constraints { get; init; } = ActionConstraints.None;

    /// <summary>How many different ways are wanted, at least 1.</summary>
    public int Count { get; init; } = 1;

    /// <summary>Candidates that the model is asked about at most.</summary>
    public int Evaluations { get; init; } = SearchOptions.DefaultEvaluations;

    /// <summary>The seed by which rows of a large population are drawn.</summary>
    public int Seed { get; init; }
}

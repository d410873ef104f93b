using Governance.Audit.Inference;

namespace Governance.Audit.Explanations.Profiles;

/// <summary>What a profile shows.</summary>
public enum ProfileKind
{
    /// <summary>Partial dependence: the mean output over all rows.</summary>
    Pdp,

    /// <summary>Individual conditional expectation: the output of each row.</summary>
    Ice,

    /// <summary>Accumulated local effects.</summary>
    Ale,
}

/// <summary>Whose profile to compute, and how.</summary>
public sealed record ProfileRequest
{
    /// <summary>The model, in the units of <see cref="Link"/>.</summary>
    public required ScoreRows Model { get; init; }

    /// <summary>Outputs a row that <see cref="Model"/> returns, at least 1.</summary>
    public required int Outputs { get; init; }

    /// <summary>The name of the model's output.</summary>
    public required string Output { get; init; }

    /// <summary>The column looked at where <see cref="Outputs"/> is 1 and the model has several; null for all.</summary>
    public int? ClassIndex { get; init; }

    /// <summary>The names of the classes, one an output; null where unknown.</summary>
    public IReadOnlyList<string>? Classes { get; init; }

    /// <summary>"identity" or "logit"; a statement about <see cref="Model"/>, which does the linking.</summary>
    public string Link { get; init; } = "identity";

    /// <summary>Where the model runs.</summary>
    public string Provider { get; init; } = "cpu";

    /// <summary>The rows averaged over, encoded; at least one.</summary>
    public required InputBatch Rows { get; init; }

    /// <summary>Each row's index in the data, from 0; null for 0, 1, 2, …</summary>
    public IReadOnlyList<int>? RowIndices { get; init; }

    /// <summary>One weight a row; null for equal weights.</summary>
    public IReadOnlyList<double>? Weights { get; init; }

    /// <summary>One axis or two; ICE takes one.</summary>
    public required IReadOnlyList<ProfileAxis> Axes { get; init; }

    /// <summary>What to show.</summary>
    public ProfileKind Kind { get; init; }

    /// <summary>Whether ICE curves begin at 0.</summary>
    public bool Centred { get; init; }

    /// <summary>Resamples of the bootstrap over rows.</summary>
    public int Resamples { get; init; } = RowBootstrap.DefaultResamples;

    /// <summary>The confidence level.</summary>
    public double Level { get; init; } = 0.95;

    /// <summary>The seed of the resamples.</summary>
    public int Seed { get; init; }

    /// <summary>At least 1; does not change the result.</summary>
    public int Threads { get; init; } = 1;
}

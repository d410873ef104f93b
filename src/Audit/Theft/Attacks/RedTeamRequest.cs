using Governance.Audit.Answers.Policy;
using Governance.Audit.Data;
using Governance.Audit.Encodings;
using Governance.Audit.Inference;

namespace Governance.Audit.Theft.Attacks;

/// <summary>Which model to attack, by what, on whose terms.</summary>
public sealed record RedTeamRequest
{
    /// <summary>The model, loaded.</summary>
    public required OnnxPredictor Predictor { get; init; }

    /// <summary>Its bytes.</summary>
    public required byte[] Model { get; init; }

    /// <summary>How it runs.</summary>
    public required PredictorOptions Run { get; init; }

    /// <summary>How readable rows become its inputs.</summary>
    public required RowEncoder Encoder { get; init; }

    /// <summary>How its outputs become decisions.</summary>
    public required DecisionRule Rule { get; init; }

    /// <summary>Rows that the model was not trained on; without <see cref="Own"/> half of them, drawn by the seed, are the thief's.</summary>
    public required Table HeldOut { get; init; }

    /// <summary>Rows of the thief's own; null takes a half of <see cref="HeldOut"/>.</summary>
    public Table? Own { get; init; }

    /// <summary>
    /// Rows that the model was trained on: the published profile, the reference of the detectors, and the members of the
    /// membership test. Null takes the thief's rows in their place, without a membership test.
    /// </summary>
    public Table? Training { get; init; }

    /// <summary>The column with what was true, for the membership test; null where it is not known.</summary>
    public string? Label { get; init; }

    /// <summary>The model's class, which decides what is released.</summary>
    public required ReleaseClass Release { get; init; }

    /// <summary>What is released, and how much of it.</summary>
    public required OutputPolicies Policies { get; init; }

    /// <summary>The audiences whose terms are tried besides none; at least one, or none for "off" alone.</summary>
    public IReadOnlyList<Audience> Audiences { get; init; } = [Audience.Consumer, Audience.Reviewer, Audience.Developer, Audience.Approver];

    /// <summary>The attacks by name (<see cref="AttackList.Names"/>); empty for all.</summary>
    public IReadOnlyList<string> Attacks { get; init; } = [];

    /// <summary>Days that a thief takes, 1 to 3,650.</summary>
    public int Days { get; init; } = 30;

    /// <summary>Questions at most of an attack that no budget ends, 10 to 100,000.</summary>
    public int MostQueries { get; init; } = 1_000;

    /// <summary>The level of intervals, above 0, below 1.</summary>
    public double Level { get; init; } = 0.95;

    /// <summary>The seed.</summary>
    public int Seed { get; init; }

    /// <summary>Attacks that run at once, at least 1; does not change the result.</summary>
    public int Threads { get; init; } = 1;
}

using System.Text.Json.Serialization;
using Governance.Audit.Training.Students;

namespace Governance.Audit.Variants.Distillation;

/// <summary>How a student does beside the model that it learned from, on rows that it did not learn from.</summary>
public sealed record StudentReport
{
    /// <summary>What kind of model it is.</summary>
    public required StudentFamily Family { get; init; }

    /// <summary>"classes" or "value".</summary>
    public required string Task { get; init; }

    /// <summary>How it was trained, in words.</summary>
    public required string Words { get; init; }

    /// <summary>Real rows that it learned from.</summary>
    public required int LearnedRows { get; init; }

    /// <summary>Redrawn rows that it learned from; none of them is measured on.</summary>
    public required int RedrawnRows { get; init; }

    /// <summary>Real rows held out, on which everything below is measured; none equals a row that was learned from.</summary>
    public required int HeldOutRows { get; init; }

    /// <summary>The level of all intervals here: the policy's where there is one.</summary>
    public double Level { get; init; } = 0.95;

    /// <summary>The share of held-out rows that are decided alike; null for a value.</summary>
    public double? Fidelity { get; init; }

    /// <summary>[low, high], Wilson's; null for a value.</summary>
    public IReadOnlyList<double>? FidelityInterval { get; init; }

    /// <summary>The fidelity of a student that always says what the model says most often; null for a value.</summary>
    public double? BaseRate { get; init; }

    /// <summary>R² of the student's scores or values against the model's; null where the model's do not vary.</summary>
    public double? R2 { get; init; }

    /// <summary>[low, high], by a bootstrap over rows; null where there is none.</summary>
    public IReadOnlyList<double>? R2Interval { get; init; }

    /// <summary>Both against what was true; null without labels.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public StudentTruth? Truth { get; init; }
}

/// <summary>Model and student against what was true, on the same held-out rows.</summary>
/// <param name="Metric">"accuracy", or "root_mean_squared_error" of values.</param>
/// <param name="Rows">Held-out rows with a label.</param>
/// <param name="Teacher">The model's.</param>
/// <param name="Student">The student's.</param>
/// <param name="Difference">The student's less the model's.</param>
/// <param name="Interval">[low, high] of the difference: the paired score interval, of values a bootstrap.</param>
public sealed record StudentTruth(string Metric, int Rows, double Teacher, double Student, double Difference, IReadOnlyList<double>? Interval);

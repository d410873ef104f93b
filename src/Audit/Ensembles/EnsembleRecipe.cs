using System.Text.Json.Serialization;

namespace Governance.Audit.Ensembles;

/// <summary>An ensemble of registered versions, as it is asked for: part of the run's options and of its evidence.</summary>
public sealed record EnsembleRecipe
{
    /// <summary>The model that the ensemble becomes a version of.</summary>
    public required string Model { get; init; }

    /// <summary>The members, such as "credit/3", in order.</summary>
    public required IReadOnlyList<string> Members { get; init; }

    /// <summary>How they are put together.</summary>
    public required Combination Combination { get; init; }

    /// <summary>One weight a member; null counts each alike.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<double>? Weights { get; init; }

    /// <summary>See <see cref="EnsembleOptions.Threshold"/>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Threshold { get; init; }

    /// <summary>Which numbers a stacked model learns; null for what held-out rows choose.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public StackedForm? Stacked { get; init; }

    /// <summary>The registered data set that it is judged on, and a stacked one learns from; null for none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Data { get; init; }

    /// <summary>What is new in the version, in a person's words; null for a sentence that names the members.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Note { get; init; }

    /// <summary>How the members are combined.</summary>
    [JsonIgnore]
    public EnsembleOptions Options => new() { Combination = Combination, Weights = Weights, Threshold = Threshold, Stacked = Stacked ?? StackedForm.Chosen };

    /// <summary>The note of the version.</summary>
    [JsonIgnore]
    public string Words => Note ?? $"{(Combination == Combination.Stacking ? "Stacked model" : Combination == Combination.Majority ? "Majority" : Combination == Combination.Weighted ? "Weighted average" : "Average")} of {string.Join(", ", Members)}.";
}

/// <summary>What became of an ensemble that was asked for.</summary>
/// <param name="Version">The registered version, such as "credit/7".</param>
/// <param name="VersionDigest">Its digest, lower-case hex.</param>
/// <param name="Report">What it is made of, and how it does beside its members.</param>
public sealed record RegisteredEnsemble(string Version, string VersionDigest, EnsembleReport Report);

using System.Text.Json.Serialization;
using Governance.Audit.Variants;
using Governance.Audit.Candidates;
using Governance.Audit.Ensembles;

namespace Governance.Audit.Runs;

/// <summary>What a run makes.</summary>
public enum AuditKind
{
    /// <summary>An audit: findings on performance, fairness and explanations, which decisions rest on.</summary>
    Audit,

    /// <summary>Explanations alone, for people who look; without findings.</summary>
    Explanation,

    /// <summary>A red team's attacks alone: findings on theft.</summary>
    RedTeam,

    /// <summary>Two data sets compared; without findings, so that it decides nothing and voids nothing.</summary>
    Drift,

    /// <summary>Evidence computed again and compared with what was sealed; without findings.</summary>
    Reproduction,

    /// <summary>A smaller or quicker version made from a version; without findings.</summary>
    Variant,

    /// <summary>A variant compared with the version that it was made from: findings that say whether it may stand in for it.</summary>
    Equivalence,

    /// <summary>An ensemble of versions made and registered; without findings.</summary>
    Ensemble,

    /// <summary>A choice among candidates with its reason; without findings.</summary>
    Choice,

    /// <summary>A look inside a version: readable models in its place, what a copy costs, its trees; without findings.</summary>
    Inside,
}

/// <summary>What an audit of a version shall measure, on which data, with which methods. Part of the evidence.</summary>
public sealed record AuditOptions
{
    /// <summary>A short name that people recognise the audit by.</summary>
    public required string Name { get; init; }

    /// <summary>What the run makes.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public AuditKind Kind { get; init; }

    /// <summary>The name of the labelled data set that everything is measured on.</summary>
    public required string Evaluation { get; init; }

    /// <summary>The name of the data set whose rows stand for "feature not known".</summary>
    public required string Background { get; init; }

    /// <summary>How many background rows are taken, from the start; 1 to 10,000.</summary>
    public int BackgroundRows { get; init; } = 100;

    /// <summary>The protected columns; none leaves fairness out.</summary>
    public IReadOnlyList<string> Protected { get; init; } = [];

    /// <summary>The column with the true outcome; null takes the encoding's or the data set's.</summary>
    public string? Label { get; init; }

    /// <summary>The class that TPR, FPR, PPV and scores refer to; null takes the encoding's or the data set's.</summary>
    public string? Positive { get; init; }

    /// <summary>The outcome that a person wants; null takes the encoding's or the data set's, else the positive class.</summary>
    public string? Favourable { get; init; }

    /// <summary>The probability from which on (inclusive) the positive class is predicted; null takes the encoding's, else the model's own label, else 0.5.</summary>
    public double? Threshold { get; init; }

    /// <summary>How attributions are computed.</summary>
    public ExplanationOptions Explanation { get; init; } = new();

    /// <summary>What a spec asks for beyond this; null for an audit by the policy pack alone.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public AuditMeasures? Measures { get; init; }

    /// <summary>The name of the data set that drift is measured from; null without drift.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Reference { get; init; }

    /// <summary>The name of the data set that drift is measured on; null takes the evaluation data.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Current { get; init; }

    /// <summary>
    /// The traffic that takes the place of <see cref="Evaluation"/> (its labelled rows) when the audit is requested, which
    /// then names the data set that was kept; null for a data set as it is.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public TrafficDays? EvaluationTraffic { get; init; }

    /// <summary>The traffic that takes the place of <see cref="Current"/> (all its rows); null for a data set as it is.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public TrafficDays? CurrentTraffic { get; init; }

    /// <summary>The evidence that a reproduction computes again; null for other kinds.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Guid? Reproduces { get; init; }

    /// <summary>How a variant is made; null for other kinds.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public VariantRecipe? Variant { get; init; }

    /// <summary>The version that the equivalence battery compares with, such as "credit/2"; null for other kinds.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Parent { get; init; }

    /// <summary>The ensemble to make; null for other kinds.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public EnsembleRecipe? Ensemble { get; init; }

    /// <summary>The choice to put on record; null for other kinds.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public CandidateChoice? Choice { get; init; }

    /// <summary>The seed of everything sampled.</summary>
    public int Seed { get; init; }
}

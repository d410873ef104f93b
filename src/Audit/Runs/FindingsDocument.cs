using System.Text.Json.Serialization;
using Governance.Audit.Candidates;
using Governance.Audit.Data;
using Governance.Audit.Drift;
using Governance.Audit.Equivalence;
using Governance.Audit.Ensembles;
using Governance.Audit.Explanations;
using Governance.Audit.Fairness;
using Governance.Audit.Findings;
using Governance.Audit.Performance;
using Governance.Audit.Surrogates;
using Governance.Audit.Theft.Attacks;
using Governance.Audit.Variants;

namespace Governance.Audit.Runs;

/// <summary>
/// What an audit found, and from which bytes: the document that is hashed, compared, signed and computed again.
/// </summary>
/// <remarks>
/// It holds no clock, duration, host, thread count or random id, so that the same version, data, options and engine
/// give the same bytes. Times and the machine are in the <see cref="RunRecord"/>.
/// </remarks>
public sealed record FindingsDocument
{
    /// <summary>The schema's name and number.</summary>
    public string Schema { get; init; } = "governance/findings/1";

    /// <summary>The software that computed it.</summary>
    public required EngineIdentity Engine { get; init; }

    /// <summary>The version audited, by its digests.</summary>
    public required AuditSubject Subject { get; init; }

    /// <summary>The data it was audited on.</summary>
    public required IReadOnlyList<AuditData> Data { get; init; }

    /// <summary>What was asked for, with every default filled in.</summary>
    public required AuditOptions Options { get; init; }

    /// <summary>The policy whose gates gave the verdicts.</summary>
    public required PolicyReference Policy { get; init; }

    /// <summary>The findings, in a fixed order.</summary>
    public required IReadOnlyList<Finding> Findings { get; init; }

    /// <summary>What a reader must know besides.</summary>
    public required IReadOnlyList<AuditWarning> Warnings { get; init; }

    /// <summary>How well the model predicts; null without labels.</summary>
    public PerformanceReport? Performance { get; init; }

    /// <summary>Metrics by protected group; null where no protected column was named.</summary>
    public FairnessReport? Fairness { get; init; }

    /// <summary>Performance by group of an attribute, for the attributes that a gate asks for it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyDictionary<string, PerformanceReport>? PerformanceBy { get; init; }

    /// <summary>The same of each cohort that the spec names; null where it names none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<SliceReport>? Cohorts { get; init; }

    /// <summary>How the columns of two data sets differ; null where that was not asked for.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DriftReport? Drift { get; init; }

    /// <summary>What attacks on the model came to; null where that was not asked for.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public RedTeamReport? Theft { get; init; }

    /// <summary>Disturbed inputs, weak slices and parts of the data; null where none was asked for.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public StressReport? Stress { get; init; }

    /// <summary>The version that a variant was compared with; null for other kinds.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public AuditSubject? Parent { get; init; }

    /// <summary>A variant beside its parent, line by line; null for other kinds.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public EquivalenceReport? Equivalence { get; init; }

    /// <summary>How errors go with the disagreement of an ensemble's members; null for a model that is none, and without labels.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DisagreementReport? Disagreement { get; init; }

    /// <summary>The ensemble that the run made; null for other kinds.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public RegisteredEnsemble? Ensemble { get; init; }

    /// <summary>The choice that was put on record; null for other kinds.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public CandidateChoice? Choice { get; init; }

    /// <summary>What came of computing evidence again; null for other kinds.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ReproductionReport? Reproduction { get; init; }

    /// <summary>The variant that was made; null for other kinds.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public VariantResult? Variant { get; init; }

    /// <summary>What a look inside the model found; null for other kinds.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public InsideReport? Inside { get; init; }

    /// <summary>Attributions by row; null where none were asked for.</summary>
    public ExplanationReport? Explanation { get; init; }

    /// <summary>Mean absolute attribution by feature, with intervals; null where none were asked for.</summary>
    public IReadOnlyList<FeatureImportance>? Importance { get; init; }
}

/// <summary>The software behind a document.</summary>
/// <param name="Name">Name and version.</param>
/// <param name="OnnxRuntime">The version of ONNX Runtime.</param>
/// <param name="Provider">Where the model ran.</param>
/// <param name="BatchSize">Rows a call, fixed so that sums come out the same.</param>
public sealed record EngineIdentity(string Name, string OnnxRuntime, string Provider, int BatchSize);

/// <summary>A model version by name and digests, all lower-case hex SHA-256.</summary>
public sealed record AuditSubject(string Model, int Version, string VersionDigest, string ArtifactDigest, string? EncodingDigest);

/// <summary>One data set used, by role.</summary>
/// <param name="Role">evaluation, background, reference or current.</param>
/// <param name="Name">The data set's name.</param>
/// <param name="Digest">SHA-256 of its bytes, lower-case hex.</param>
/// <param name="Rows">The rows used.</param>
public sealed record AuditData(string Role, string Name, string Digest, long Rows);

/// <summary>A policy pack by name and number.</summary>
public sealed record PolicyReference(string Name, int Number);

using System.Text.Json.Nodes;

namespace Governance.Registry.Ledger;

/// <summary>What a leaf speaks of: a kind such as <c>version</c> and the id of the row.</summary>
/// <param name="Kind">One of the constants here.</param>
/// <param name="Id">A UUID in lower case with hyphens, or the digest of an artefact.</param>
public readonly record struct LedgerSubject(string Kind, string Id)
{
    public const string Artifact = "artifact";
    public const string Model = "model";
    public const string Version = "version";
    public const string Inspection = "inspection";
    public const string Move = "move";
    public const string Dataset = "dataset";
    public const string Run = "run";
    public const string Evidence = "evidence";
    public const string SignOff = "sign-off";
    public const string Dossier = "dossier";
    public const string Finding = "finding";
    public const string FindingStep = "finding-step";
    public const string Attestation = "attestation";
    public const string CaseReview = "case-review";
    public const string Grant = "grant";
    public const string Team = "team";
    public const string TeamMember = "team-member";
    public const string BreakGlass = "break-glass";
    public const string Proposal = "proposal";
    public const string User = "user";
    public const string Key = "key";
    public const string SigningKey = "signing-key";
    public const string Export = "export";
    public const string Pack = "pack";
    public const string Hold = "hold";
    public const string Retention = "retention";
    public const string Erasure = "erasure";
    public const string PublisherKey = "publisher-key";
    public const string Signature = "signature";
    public const string Probes = "probes";
    public const string Token = "token";
    public const string Budget = "budget";
    public const string TheftAlarm = "theft-alarm";
    public const string AlarmStep = "alarm-step";
    public const string Alert = "alert";
    public const string AlertStep = "alert-step";
    public const string AlertDestination = "alert-destination";
    public const string AlertDestinationEnd = "alert-destination-end";
    public const string GaugeMark = "gauge-mark";
    public const string GaugeDecision = "gauge-decision";
    public const string Throttle = "throttle";
    public const string OutputPolicy = "output-policy";
    public const string Policy = "policy";
    public const string PolicyAdoption = "policy-adoption";
    public const string ServingChoice = "serving-choice";
    public const string ExternalLogin = "external-login";
    public const string ColumnMark = "column-mark";
    public const string PrivacyKey = "privacy-key";
    public const string SubjectRequest = "subject-request";
    public const string SubjectErasure = "subject-erasure";
    public const string MonitorPlan = "monitor-plan";
    public const string Deployment = "deployment";
    public const string DeploymentEnd = "deployment-end";
    public const string TrafficErasure = "traffic-erasure";
    public const string Schedule = "schedule";
    public const string ScheduleStep = "schedule-step";
    public const string Comment = "comment";
    public const string CommentEdit = "comment-edit";
    public const string SavedCohort = "saved-cohort";
    public const string SavedCohortStep = "saved-cohort-step";
    public const string Annotation = "annotation";

    /// <summary>As it stands in a leaf.</summary>
    public JsonObject ToJson() => new() { ["kind"] = Kind, ["id"] = Id };

    /// <inheritdoc/>
    public override string ToString() => $"{Kind} {Id}";
}

using Governance.Audit.Data;

namespace Governance.Audit.Runs;

/// <summary>Everything an audit computes from, in memory and in the clear; never written anywhere.</summary>
public sealed record AuditInputs
{
    /// <summary>The version's identity, as it will stand in the findings.</summary>
    public required AuditSubject Subject { get; init; }

    /// <summary>The bytes of the ONNX file.</summary>
    public required byte[] Model { get; init; }

    /// <summary>The encoding as JSON, or null to take columns as they are.</summary>
    public required byte[]? Encoding { get; init; }

    /// <summary>The rows that everything is measured on.</summary>
    public required AuditTable Evaluation { get; init; }

    /// <summary>The rows that stand for "feature not known".</summary>
    public required AuditTable Background { get; init; }

    /// <summary>The rows that drift is measured from; null without drift.</summary>
    public AuditTable? Reference { get; init; }

    /// <summary>The rows that drift is measured on; null takes the evaluation data.</summary>
    public AuditTable? Current { get; init; }

    /// <summary>The version that this one is a variant of; null outside the equivalence battery.</summary>
    public ParentInputs? Parent { get; init; }
}

/// <summary>The version that a variant was made from.</summary>
/// <param name="Subject">Its identity.</param>
/// <param name="Model">The bytes of its ONNX file.</param>
/// <param name="Encoding">Its encoding as JSON, or null to take columns as they are.</param>
public sealed record ParentInputs(AuditSubject Subject, byte[] Model, byte[]? Encoding);

/// <summary>A data set with its identity.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Digest">SHA-256 of its bytes, lower-case hex.</param>
/// <param name="Table">Its rows.</param>
/// <param name="Positive">Its positive class, or null.</param>
/// <param name="Favourable">Its favourable outcome, or null.</param>
/// <param name="Label">Its label column, or null.</param>
public sealed record AuditTable(string Name, string Digest, Table Table, string? Label, string? Positive, string? Favourable);

using Governance.Portal.Features.Home;
using Governance.Registry.Evidence;
using Governance.Registry.Models;
using Governance.Registry.Versions;

namespace Governance.Portal.Features.Models;

/// <summary>A model as lists show it.</summary>
/// <param name="Model">The model.</param>
/// <param name="Owner">The owner's name; empty where only the model's name may be seen.</param>
/// <param name="NameOnly">Only the name may be seen.</param>
/// <param name="Versions">Its versions, the latest first; empty where only the name may be seen.</param>
public sealed record ModelRow(Model Model, string Owner, bool NameOnly, IReadOnlyList<VersionRow> Versions)
{
    /// <summary>The latest version, or null.</summary>
    public VersionRow? Latest => Versions.Count == 0 ? null : Versions[0];
}

/// <summary>A version as lists show it.</summary>
/// <param name="Version">The version.</param>
/// <param name="Author">The author's name.</param>
/// <param name="Approvals">Approvals of its present round.</param>
/// <param name="Evidence">Its evidence, the latest first.</param>
/// <param name="Standing">Where it stands, for the question "what needs me".</param>
public sealed record VersionRow(
    ModelVersion Version, string Author, int Approvals, IReadOnlyList<EvidenceRecord> Evidence, VersionStanding Standing)
{
    /// <summary>What it was made from, such as "quantised from v1"; null where from nothing, or from nothing that the person sees.</summary>
    public string? Origin { get; init; }

    /// <summary>The latest evidence, or null.</summary>
    public EvidenceRecord? Latest => Evidence.Count == 0 ? null : Evidence[0];
}

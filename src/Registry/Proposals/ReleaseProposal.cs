using System.Globalization;
using System.Text.Json.Nodes;
using Governance.Registry.Access;
using Governance.Registry.Ledger;
using Governance.Registry.Models;
using Governance.Registry.Storage;
using Governance.Registry.Versions;
using Microsoft.EntityFrameworkCore;

namespace Governance.Registry.Proposals;

/// <summary>Releasing the file of a version to the approver who asks: two approvers of the model, with a reason.</summary>
/// <remarks>The change is <c>{version, label}</c>: the id decides, the label is for people.</remarks>
internal sealed class ReleaseProposal : IProposedChange
{
    /// <summary>The name of this kind.</summary>
    public const string Name = "release-artifact";

    public string Kind => Name;

    public static JsonObject Of(Model model, ModelVersion version) => new()
    {
        ["version"] = version.Id.ToString(),
        ["label"] = string.Create(CultureInfo.InvariantCulture, $"{model.Name}/{version.Number}"),
    };

    public static ModelVersionId VersionOf(JsonObject what) => new(Guid.Parse(what["version"]!.GetValue<string>()));

    public async Task<Refusal?> RefusalForAsync(
        GovernanceDb db, Holdings holdings, JsonObject what, CancellationToken cancellationToken)
    {
        ModelVersionId id = VersionOf(what);
        ModelVersion? version = await db.Versions.AsNoTracking().FirstOrDefaultAsync(row => row.Id == id, cancellationToken);
        Model? model = version is null ? null
            : await db.Models.AsNoTracking().FirstAsync(row => row.Id == version.Model, cancellationToken);
        return model is null || holdings.VisibilityOf(model, version!.Stage) == ModelVisibility.None
            ? new Refusal("not-found", "There is no such version, or not for you.")
            : MayTakePart(holdings, model, version.Stage) ? null
            : RightsRefusals.For(Right.DownloadArtifact);
    }

    // The release itself is the pickup: confirmed, the proposer makes a key and takes one package.
    public Task ApplyAsync(RegistryChange change, JsonObject what, CancellationToken cancellationToken) => Task.CompletedTask;

    public string Sentence(JsonObject what) => $"The file of {what["label"]} goes, encrypted, to whoever proposes it, once.";

    /// <summary>Whether the table names them as one of the two persons.</summary>
    private static bool MayTakePart(Holdings holdings, Model model, Stage stage) => holdings.Person.Roles.Any(role =>
        AccessPolicy.CellOf(role, Right.DownloadArtifact) == Allowance.TwoPersons) && holdings.RelationTo(model, stage).Granted;
}

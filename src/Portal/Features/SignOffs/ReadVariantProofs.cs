using Governance.Portal.Features.Versions;
using Governance.Registry.SignOffs;
using Governance.Registry.Storage;
using Governance.Registry.Versions;
using Microsoft.EntityFrameworkCore;

namespace Governance.Portal.Features.SignOffs;

/// <summary>Gathers how a version stands beside its parent, and its variants beside it.</summary>
internal sealed class ReadVariantProofs(IDbContextFactory<GovernanceDb> databases, ReadInheritance inheritance)
{
    /// <summary>The version itself where it is a variant, then its own variants that are neither rejected nor retired.</summary>
    public async Task<IReadOnlyList<VariantStanding>> OfAsync(VersionView view, CancellationToken cancellationToken)
    {
        List<VariantStanding> found = [];
        Add(found, view.Model.Name, view.Version, await inheritance.OfAsync(view.Version.Id, cancellationToken));
        ModelVersion[] children;
        await using (GovernanceDb db = await databases.CreateDbContextAsync(cancellationToken))
        {
            (ModelVersionId id, Registry.Models.ModelId model) = (view.Version.Id, view.Version.Model);
            children = await (
                from link in db.VersionParents.AsNoTracking()
                join child in db.Versions.AsNoTracking() on link.Child equals child.Id
                where link.Parent == id && child.Model == model && child.Stage != Stage.Rejected && child.Stage != Stage.Retired
                orderby child.Number
                select child).ToArrayAsync(cancellationToken);
        }

        foreach (ModelVersion child in children)
        {
            Add(found, view.Model.Name, child, await inheritance.OfAsync(child.Id, cancellationToken));
        }

        return found;
    }

    private static void Add(List<VariantStanding> found, string model, ModelVersion version, Inheritance? standing)
    {
        if (standing?.Parent is { SameModel: true } parent && InheritancePolicy.IsVariant(parent.Kind))
        {
            bool own = standing.Battery is { } battery && battery.Parent == parent.Digest.Hex && battery.Subject == version.Digest.Hex;
            found.Add(new VariantStanding($"{model}/{version.Number}", parent.Label, own ? standing.Battery!.Lines : null));
        }
    }
}

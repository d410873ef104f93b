using Governance.Audit.Runs;
using Governance.Portal.Features.Versions;
using Governance.Registry.Access;
using Governance.Registry.Datasets;
using Governance.Registry.Evidence;
using Governance.Registry.Ledger;
using Governance.Registry.SignOffs;
using Governance.Registry.Storage;
using Microsoft.EntityFrameworkCore;

namespace Governance.Portal.Features.Equivalence;

/// <summary>Puts a battery of a registered variant in the queue: the one way of the page, of programs and of the command line.</summary>
internal sealed class RequestBattery(
    IDbContextFactory<GovernanceDb> databases, FittingDatasets fitting, ReadInheritance inheritance, ReadVersion versions, RequestAudit request)
{
    /// <summary>What there is to choose from.</summary>
    /// <param name="view">The variant, as the person sees it.</param>
    /// <param name="cancellationToken">The request's.</param>
    public async Task<BatteryOffer> OfferAsync(VersionView view, CancellationToken cancellationToken)
    {
        List<Dataset> all;
        await using (GovernanceDb db = await databases.CreateDbContextAsync(cancellationToken))
        {
            all = await db.Datasets.AsNoTracking().OrderBy(dataset => dataset.Name).ToListAsync(cancellationToken);
        }

        IReadOnlyList<Dataset> fit = await fitting.OfAsync(view.Version, [.. all.Where(dataset => dataset.Of(ColumnRole.Label).Any())], cancellationToken);
        Inheritance? standing = await inheritance.OfAsync(view.Version.Id, cancellationToken);
        IReadOnlySet<string> audited = standing?.Parent?.Data ?? new HashSet<string>();
        Dataset? usual = fit.FirstOrDefault(dataset => audited.Contains(dataset.Digest.Hex)) ?? (fit.Count == 0 ? null : fit[0]);
        Dataset? background = fit.FirstOrDefault(dataset => dataset.Name.Contains("train", StringComparison.Ordinal)) ?? usual;
        return new BatteryOffer(fit, standing, usual?.Name, background?.Name);
    }

    /// <summary>Asks for it. Whoever may run audits of both versions may.</summary>
    /// <param name="actor">A person or a service account.</param>
    /// <param name="view">The variant, as they see it; a parent that is left out of it does not exist for them.</param>
    /// <param name="wish">Against what, on which rows.</param>
    /// <param name="cancellationToken">Ends it, and nothing happened.</param>
    public async Task<StartRunOutcome> RunAsync(Actor actor, VersionView view, BatteryWish wish, CancellationToken cancellationToken)
    {
        if (!view.Viewer.RunAudit)
        {
            return new StartRunOutcome.Refused(RightsRefusals.For(Right.RunAudit));
        }

        if (ParentFault(view, wish.Parent) is Refusal fault)
        {
            return new StartRunOutcome.Refused(fault);
        }

        ParentView parent = wish.Parent is null ? view.Parents[0] : view.Parents.First(each => BatteryRequest.Label(each) == wish.Parent);

        // The parent is computed with as well: whoever may not do that with it alone may not do it here.
        if ((await versions.FindAsync(parent.Model, parent.Number, actor.User!.Value, cancellationToken))?.Viewer.RunAudit != true)
        {
            return Refused("no-right", $"You may not run audits of {BatteryRequest.Label(parent)}, so you cannot compare with it.");
        }

        BatteryOffer offer = await OfferAsync(view, cancellationToken);
        if (offer.Usual is null)
        {
            return Refused("no-data", "No labelled data set has the columns that this version takes. The battery needs rows whose outcome is known.");
        }

        foreach (string named in ((string?[])[wish.Data, wish.Background]).OfType<string>())
        {
            if (offer.Datasets.All(dataset => dataset.Name != named))
            {
                return Refused("bad-data", $"There is no labelled data set '{named}' with the columns that this version takes.");
            }
        }

        Dataset evaluation = offer.Datasets.First(dataset => dataset.Name == (wish.Data ?? offer.Usual));
        return await request.RunAsync(
            actor, view.Version.Id, BatteryRequest.Of(view, offer.Standing, parent, evaluation, wish.Background ?? offer.Background!), cancellationToken);
    }

    private static Refusal? ParentFault(VersionView view, string? asked)
    {
        string known = string.Join(", ", view.Parents.Select(BatteryRequest.Label));
        return view.Parents.Count == 0
            ? new Refusal("no-parent", "This version was not made from another one, so there is nothing to compare it with.")
            : asked is null && view.Parents.Count > 1
            ? new Refusal("which-parent", $"This version was made from several others: name one of {known}.")
            : asked is not null && view.Parents.All(parent => BatteryRequest.Label(parent) != asked)
            ? new Refusal("bad-parent", $"This version was not made from '{asked}', but from {known}.")
            : null;
    }

    private static StartRunOutcome.Refused Refused(string code, string sentence) => new(new Refusal(code, sentence));
}

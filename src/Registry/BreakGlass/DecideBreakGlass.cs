using Governance.Registry.Access;
using Governance.Registry.Ledger;
using Governance.Registry.Models;
using Microsoft.EntityFrameworkCore;

namespace Governance.Registry.BreakGlass;

/// <summary>Opens a break-glass request, stops it, or reviews what was done under it.</summary>
public sealed class DecideBreakGlass(AppendGate gate)
{
    /// <summary>Opens it for 60 minutes: a second person may, and after the waiting time the asker.</summary>
    public Task<BreakGlassOutcome> OpenAsync(Actor actor, BreakGlassId id, CancellationToken cancellationToken) => RunAsync(
        actor, id, "break-glass.opened", null,
        (request, by, near, now) => BreakGlassPolicy.RefusalToOpen(request, by, near.IsSecond, now),
        (request, by, now) => request.Open(by, now), cancellationToken);

    /// <summary>Refuses it, or ends it before its hour is over: a second person may, and the asker.</summary>
    public Task<BreakGlassOutcome> StopAsync(Actor actor, BreakGlassId id, CancellationToken cancellationToken) => RunAsync(
        actor, id, "break-glass.stopped", null,
        (request, by, near, now) => BreakGlassPolicy.RefusalToStop(request, by, near.IsSecond, now),
        (request, by, now) => request.Stop(by, now), cancellationToken);

    /// <summary>Closes it with what a reviewer found.</summary>
    /// <param name="actor">The model's owner, an approver of it or an auditor; neither the asker nor who opened it.</param>
    /// <param name="id">Which request.</param>
    /// <param name="finding">What they found.</param>
    /// <param name="cancellationToken">Ends it, and nothing happened.</param>
    public Task<BreakGlassOutcome> ReviewAsync(
        Actor actor, BreakGlassId id, string? finding, CancellationToken cancellationToken)
    {
        PersonalText? text = BreakGlassTexts.Write(finding);
        return RunAsync(
            actor, id, "break-glass.reviewed", text,
            (request, by, near, now) => BreakGlassPolicy.RefusalToReview(request, by, near.MayReview, now)
                ?? (text is null ? BreakGlassTexts.Missing : null),
            (request, by, now) => request.Close(by, text!.Digest, now), cancellationToken);
    }

    private Task<BreakGlassOutcome> RunAsync(
        Actor actor, BreakGlassId id, string action, PersonalText? text,
        Func<BreakGlassRequest, UserId, (bool IsSecond, bool MayReview), DateTimeOffset, Refusal?> judge,
        Action<BreakGlassRequest, UserId, DateTimeOffset> act, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(actor);
        UserId by = actor.User ?? throw new ArgumentException("A person decides on break-glass.", nameof(actor));
        return gate.RunAsync<BreakGlassOutcome>(actor, async change =>
        {
            Holdings? holdings = await Holdings.LoadAsync(change.Db, by, cancellationToken);
            BreakGlassRequest? request = await change.Db.BreakGlass.FirstOrDefaultAsync(row => row.Id == id, cancellationToken);
            if (request is null || holdings is null || holdings.Person.Roles.Count == 0)
            {
                return new BreakGlassOutcome.Refused(new Refusal("not-found", "There is no such request."));
            }

            Model? model = await change.Db.Models.AsNoTracking().FirstOrDefaultAsync(row => row.Name == request.Model, cancellationToken);
            if (judge(request, by, BreakGlassQueries.Near(holdings, model), change.Now) is Refusal refusal)
            {
                return new BreakGlassOutcome.Refused(refusal);
            }

            change.Change(request, action, model?.Subject, row => act(row, by, change.Now), text);
            return new BreakGlassOutcome.Recorded(request);
        }, cancellationToken);
    }
}

using System.Text;
using Governance.Registry.Access;
using Governance.Registry.Deployments;
using Governance.Registry.Models;
using Governance.Registry.Protection;
using Governance.Registry.Storage;
using Governance.Registry.Versions;
using Microsoft.EntityFrameworkCore;

namespace Governance.Audit.Serving;

/// <summary>Which version answers a request that names none.</summary>
/// <param name="Number">Its number; null where the model does not exist for whoever asks, or none is deployed.</param>
/// <param name="Deployment">By which deployment.</param>
/// <param name="Closed">Why none answers; null where one does, and where the model does not exist for whoever asks.</param>
public sealed record ServedChoice(int? Number, DeploymentId? Deployment, Refusal? Closed);

/// <summary>Which version answers where the address names none: by the deployments of the model, the same one for the same request.</summary>
public sealed class FindServed(
    DecideAccess access, LiveDeployments deployments, AnswerDigests digests, IDbContextFactory<GovernanceDb> contexts)
{
    /// <summary>Chooses the version of a request.</summary>
    /// <param name="principal">Who asks.</param>
    /// <param name="model">The model's name.</param>
    /// <param name="environment">The environment that they name; null for the only one, or production.</param>
    /// <param name="key">What the choice sticks to: the request's id, or its bytes.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<ServedChoice> ForRequestAsync(
        UserId principal, string model, string? environment, ReadOnlyMemory<byte> key, CancellationToken cancellationToken)
    {
        AccessAnswer answer = await access.RunAsync(principal, Right.Predict, model, null, cancellationToken);
        if (answer.Model is not Model found)
        {
            return new ServedChoice(null, null, null);
        }

        IReadOnlyList<DeploymentView> live = await deployments.OfAsync(found.Id, cancellationToken);
        if (TrafficSplit.Environment(live, environment, out string? chosen) is Refusal refusal)
        {
            return new ServedChoice(null, null, answer.Decision.Allowed ? refusal : RightsRefusals.For(Right.Predict));
        }

        double point = TrafficSplit.Point(await digests.OfAsync("traffic-split/1", (byte[])[.. Encoding.UTF8.GetBytes($"{found.Id}/{chosen}/"), .. key.Span], cancellationToken));
        return TrafficSplit.Answering(live.Where(view => view.Deployment.Environment == chosen), point) is DeploymentView view
            ? new ServedChoice(view.Number, view.Deployment.Id, null)
            : new ServedChoice(null, null, new Refusal("no-champion", $"Only challengers are deployed in {chosen}, and this request is in none of their shares."));
    }

    /// <summary>
    /// The version that is described where none is named: the deployed champion, else the newest approved one, else the newest; null
    /// where the model does not exist for whoever asks.
    /// </summary>
    public async Task<int?> NewestAsync(UserId principal, string model, CancellationToken cancellationToken)
    {
        if ((await access.RunAsync(principal, Right.Predict, model, null, cancellationToken)).Model is not Model found)
        {
            return null;
        }

        IReadOnlyList<DeploymentView> live = await deployments.OfAsync(found.Id, cancellationToken);
        if (TrafficSplit.Environment(live, null, out string? environment) is null
            && TrafficSplit.Answering(live.Where(view => view.Deployment.Environment == environment && view.Deployment.Role == DeploymentRole.Champion), 0) is DeploymentView champion)
        {
            return champion.Number;
        }

        await using GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = await db.Versions.AsNoTracking().Where(row => row.Model == found.Id).Select(row => new { row.Number, row.Stage }).ToListAsync(cancellationToken);
        return rows.Count == 0 ? null : (rows.Where(row => row.Stage.IsApproved()).MaxBy(row => row.Number) ?? rows.MaxBy(row => row.Number))!.Number;
    }
}

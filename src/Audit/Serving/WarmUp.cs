using Governance.Audit.Answers;
using Governance.Audit.Data;
using Governance.Registry.Deployments;
using Governance.Registry.Ledger;
using Governance.Registry.Protection;
using Governance.Registry.Versions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Governance.Audit.Serving;

/// <summary>Loads deployed versions when the host starts and when they are deployed, so that no request pays for it.</summary>
public sealed class WarmUp(
    DeploymentQueries deployments, ProtectionQueries protection, HostedModels models, AppendGate gate, TimeProvider clock, ILogger<WarmUp> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    private readonly HashSet<DeploymentId> warm = [];

    /// <summary>Looks again whenever something governed changed, until the host ends.</summary>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            using PeriodicTimer timer = new(Pause, clock);
            long seen = -1;
            do
            {
                long changes = gate.Changes;
                if (changes != seen)
                {
                    await LoadAsync(stoppingToken);
                    seen = changes;
                }
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // the host ends
        }
    }

    private async Task LoadAsync(CancellationToken cancellationToken)
    {
        try
        {
            foreach (DeploymentView view in await deployments.AllLiveAsync(cancellationToken))
            {
                if (view.Deployment.Role != DeploymentRole.Outside && view.Stage.IsApproved() && warm.Add(view.Deployment.Id))
                {
                    await LoadAsync(view, cancellationToken);
                }
            }
        }
        catch (Exception fault) when (StoreDown.Is(fault))
        {
            log.LogWarning(fault, "What is deployed could not be read; versions are loaded when they are asked.");
        }
    }

    private async Task LoadAsync(DeploymentView view, CancellationToken cancellationToken)
    {
        try
        {
            ProtectionChoices choices = await protection.ChoicesAsync(view.Deployment.Model, default, cancellationToken);
            using HostedLease lease = await models.TakeAsync(view.Deployment.Version, choices.Policy, cancellationToken);
        }
        catch (InputException fault)
        {
            log.LogWarning(fault, "The deployed version {Version} cannot be loaded.", view.Label);
        }
    }
}

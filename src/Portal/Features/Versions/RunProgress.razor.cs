using Governance.Portal.Security;
using Governance.Registry.Access;
using Governance.Registry.Evidence;
using Governance.Registry.Storage;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.EntityFrameworkCore;

namespace Governance.Portal.Features.Versions;

/// <summary>Watches one run and refreshes the page when it is over.</summary>
public sealed partial class RunProgress : IAsyncDisposable
{
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource gone = new();
    private Task? watching;

    [Inject]
    private IDbContextFactory<GovernanceDb> Databases { get; set; } = default!;

    [Inject]
    private DecideAccess Access { get; set; } = default!;

    [Inject]
    private AuthenticationStateProvider Sessions { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    [Inject]
    private TimeProvider Time { get; set; } = default!;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await gone.CancelAsync();
        if (watching is not null)
        {
            await watching;
        }

        gone.Dispose();
    }

    // Only in the browser's circuit: the prerendered page is not watched.
    protected override void OnAfterRender(bool firstRender)
    {
        if (firstRender)
        {
            watching = WatchAsync(gone.Token);
        }
    }

    private async Task WatchAsync(CancellationToken cancellationToken)
    {
        try
        {
            using PeriodicTimer timer = new(Beat, Time);
            AuditRunId id = new(Run);
            System.Security.Claims.ClaimsPrincipal user = (await Sessions.GetAuthenticationStateAsync()).User;
            while (await timer.WaitForNextTickAsync(cancellationToken))
            {
                await using GovernanceDb db = await Databases.CreateDbContextAsync(cancellationToken);
                var found = await (
                    from row in db.Runs.AsNoTracking()
                    join version in db.Versions on row.Version equals version.Id
                    join model in db.Models on version.Model equals model.Id
                    where row.Id == id
                    select new { Run = row, Model = model.Name, version.Number }).FirstOrDefaultAsync(cancellationToken);
                if (found is not null && !(await Access.RunAsync(user.Id(), Right.SeeModel, found.Model, found.Number, cancellationToken)).Decision.Allowed)
                {
                    return; // a right was taken away while the page was open: it stands still
                }

                AuditRun? run = found?.Run;
                if (run is null || run.Status.IsOver())
                {
                    await InvokeAsync(() => Navigation.Refresh());
                    return;
                }

                (Message, Done, Total) = (run.Message, run.Done, run.Total);
                await InvokeAsync(StateHasChanged);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // the person left the page
        }
    }
}

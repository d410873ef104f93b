using Governance.Audit.Data;
using Governance.Portal.CommandLine;

namespace Governance.Portal.Features.Models;

/// <summary>Runs a model on one row before all others, so that an endless graph is found within seconds.</summary>
internal static class FirstRow
{
    // One row takes milliseconds; a graph that takes this long for it loops.
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    /// <summary>Runs it. With --limit-seconds that limit counts alone, so a slow model can be given its time.</summary>
    /// <param name="context">The run.</param>
    /// <param name="run">Runs one row.</param>
    /// <param name="cancellationToken">The whole run's.</param>
    /// <exception cref="InputException">The row took too long, or the model refused it.</exception>
    public static async Task TryAsync(CommandContext context, Action<CancellationToken> run, CancellationToken cancellationToken)
    {
        using CancellationTokenSource limited = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        if (context.Arguments.GetValue(CommonOptions.LimitSeconds) is null)
        {
            limited.CancelAfter(Limit);
        }

        try
        {
            await Task.Run(() => run(limited.Token), CancellationToken.None);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new InputException(
                $"The model did not finish one row within {Limit.TotalSeconds} seconds; if it is only slow, give it time with --limit-seconds.");
        }
    }
}

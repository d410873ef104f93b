using Governance.Audit.Data;
using Governance.Audit.Monitoring;
using Governance.Portal.CommandLine;

namespace Governance.Portal.Features.MonitorPlans;

/// <summary>A plan made ready from files: reference, model and encoding.</summary>
internal sealed class PreparedReplay : IDisposable
{
    private PreparedReplay(WatchedModel model, MonitorReference reference, PreparedPlan plan) => (Model, Reference, Plan) = (model, reference, plan);

    public WatchedModel Model { get; }

    public MonitorReference Reference { get; }

    public PreparedPlan Plan { get; }

    /// <summary>Reads the files that the command line names, and prepares every monitor.</summary>
    /// <exception cref="InputException">A file cannot be read, or they do not fit each other.</exception>
    public static async Task<PreparedReplay> LoadAsync(CommandContext context, MonitorSpec spec, CancellationToken cancellationToken)
    {
        Table rows = await DataFile.ReadAsync(context, context.Arguments.GetValue(MonitorsCommand.Reference)!, cancellationToken);
        byte[] bytes = await MonitorsCommand.ModelAsync(context, cancellationToken);
        byte[]? encoding = context.Encoding is string file ? await UserFiles.ReadAsync(file, cancellationToken) : null;
        return await Task.Run(
            () =>
            {
                WatchedModel model = WatchedModel.Load(bytes, encoding, rows, context.Threads, cancellationToken);
                MonitorReference reference = ReplayRows.Reference(rows, model, context.Arguments.GetValue(MonitorsCommand.Label), cancellationToken);
                return new PreparedReplay(model, reference, PreparedPlan.Make(spec, reference, cancellationToken));
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public void Dispose() => Model.Dispose();
}

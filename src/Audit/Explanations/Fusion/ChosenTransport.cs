using Governance.Audit.Data;
using Governance.Audit.Explanations.Methods;
using Governance.Audit.Inference;

namespace Governance.Audit.Explanations.Fusion;

/// <summary>How the coalitions of a task come to the model: by the fused model, or as masked rows.</summary>
/// <param name="Fused">The fused model; null where rows are sent.</param>
/// <param name="Reason">Why, one sentence.</param>
/// <param name="Refused">Whether it was wanted and could not be had.</param>
internal sealed record ChosenTransport(FusedModel? Fused, string Reason, bool Refused) : IDisposable
{
    // Masked rows of one run on a device where nobody says how much memory is free, or nothing may depend on it.
    private const int DeviceRows = 4096;

    // Sums in another order, and products that a device rounds its own way: what both ways may differ by, over the largest value.
    private const double Tolerance = 1e-4;

    private const int DeviceSessions = 2;

    private const int ProofCoalitions = 4;

    /// <summary>Whether a task runs on a device with memory of its own.</summary>
    public static bool IsDevice(AttributionTask task) => task.Request.Provider.StartsWith("cuda", StringComparison.Ordinal);

    /// <summary>Chooses.</summary>
    /// <param name="task">The task.</param>
    /// <param name="cancellationToken">Ends the load of the fused model.</param>
    public static ChosenTransport Of(AttributionTask task, CancellationToken cancellationToken)
    {
        bool device = IsDevice(task);
        if (task.Request.Fusion == FusionMode.Off)
        {
            return new ChosenTransport(null, "Fusion is turned off.", false);
        }

        if (task.Request.Fusion == FusionMode.Auto && !device)
        {
            return new ChosenTransport(null, "On the CPU the model reads masked rows where they are written, and equal ones are scored once.", false);
        }

        return task.Request.Shared is SharedWork shared
            ? shared.Fused(known => Load(task, device, known, true, cancellationToken))
            : Load(task, device, null, false, cancellationToken).Chosen;
    }

    /// <inheritdoc/>
    public void Dispose() => Fused?.Dispose();

    // Sessions that are shared outlive the task; what is known already was proved by the first who loaded it.
    private static (ChosenTransport Chosen, FusedSessions? Made) Load(
        AttributionTask task, bool device, FusedSessions? known, bool shared, CancellationToken cancellationToken)
    {
        FusedSessions? sessions = known;
        try
        {
            FusableModel model = known is null ? PrepareFusion.Run(task.Request, cancellationToken) : PrepareFusion.With(known.Model, task.Players);
            if (device && model.Model.Graph.Node.FirstOrDefault(node => node.Domain == "ai.onnx.ml") is { } node)
            {
                throw new InputException($"The operator '{node.OpType}' runs on the CPU, where equal masked rows are scored once.");
            }

            FusedBackground background = new(task.Background, model.Inputs);
            if (sessions is null)
            {
                int rows = device ? PlanBatch.DeviceRows(task.Request, model, DeviceRows, cancellationToken) : CountedModel.BatchSize(background.RowBytes);

                // On a device the background may have to be cut later on, when its memory turns out to be too small.
                sessions = new FusedSessions(model, device || shared || rows < background.Rows, device ? "cuda" : "cpu", device ? DeviceSessions : 1, rows, cancellationToken);
            }

            FusedModel fused = new(model, background, sessions, owned: !shared);
            if (known is null)
            {
                Prove(task, fused, cancellationToken);
            }

            return (new ChosenTransport(fused, $"Coalitions of {task.Players.Count:N0} players go to the session, which masks {background.Rows:N0} background rows itself.", false), sessions);
        }
        catch (InputException refusal) when (known is null)
        {
            sessions?.Dispose();
            return (new ChosenTransport(null, refusal.Message, true), null);
        }
    }

    // Shapes do not show whether rows read each other, or whether the output is brought to the link as the scorer does it.
    private static void Prove(AttributionTask task, FusedModel fused, CancellationToken cancellationToken)
    {
        CountedModel counted = new(task.Request.Model);
        InputBatch row = task.Rows.Slice(0, 1);
        CoalitionSet coalitions = CoalitionSet.Random(task.Players.Count, ProofCoalitions, 0);
        double[] empty = task.BaseValue(cancellationToken);
        double[] expected = new MaskedGame(task.Background, row, counted, empty, cancellationToken).Value(coalitions, 1, cancellationToken);
        MaskedGame game = new(task.Background, row, counted, empty, cancellationToken) { Fused = fused };

        // One by one, so that rows which read each other stand beside others.
        List<double> found = [];
        for (int i = 0; i < coalitions.Count; i++)
        {
            CoalitionSet one = new(coalitions.Players, 1);
            one.Copy(coalitions, i, 0);
            found.AddRange(game.Value(one, 1, cancellationToken));
        }

        task.Calibrated(counted.Rows);
        double largest = Math.Max(1e-30, expected.Max(Math.Abs));
        double worst = expected.Zip(found).Max(pair => Math.Abs(pair.First - pair.Second)) / largest;
        if (!(worst <= Tolerance) && !expected.Zip(found).All(pair => pair.First.Equals(pair.Second)))
        {
            throw new InputException($"The fused graph gives other values than the model, by {worst:0.0e+0} of the largest.");
        }
    }
}

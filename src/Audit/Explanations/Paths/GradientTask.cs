using Governance.Audit.Data;
using Governance.Audit.Explanations.Fusion;
using Governance.Audit.Explanations.Methods;
using Governance.Audit.Gradients;
using Governance.Audit.Inference;

namespace Governance.Audit.Explanations.Paths;

/// <summary>What the methods that follow gradients share: whether a graph has one, the loaded gradient, and whose elements are whose.</summary>
internal sealed class GradientTask : IDisposable
{
    private readonly AttributionTask task;
    private readonly int[] owners;
    private readonly GradientTransport transport;

    private GradientTask(AttributionTask task, GradientModel model, bool paths, CancellationToken cancellationToken)
    {
        this.task = task;
        Model = model;
        owners = Owners(task, model);
        double[] references = model.PointsOf(task.Background.Rows, cancellationToken);
        Starts = [.. Enumerable.Range(0, task.Background.Rows.Rows).Select(row => references[(row * model.Width)..((row + 1) * model.Width)])];
        transport = ChooseGradientTransport.Of(task, this, owners, paths, cancellationToken);
        task.Took(transport);
    }

    /// <summary>The model with its gradient.</summary>
    public GradientModel Model { get; }

    /// <summary>The points of the reference rows, shape [rows][elements].</summary>
    public double[][] Starts { get; }

    /// <summary>How many players there are.</summary>
    public int Players => task.Players.Count;

    /// <summary>What comparing a device's slopes with the CPU's gave; null on the CPU.</summary>
    public AuditWarning? Checked { get; private init; }

    /// <summary>The most pieces of one run.</summary>
    public int PiecesAtOnce => transport.Fused?.PiecesAtOnce ?? HostPieces.AtOnce(Model.Width);

    /// <summary>Why the gradient methods cannot do a task; null where they can. Runs nothing.</summary>
    public static string? Refusal(AttributionTask task) => task.Once(() => new Verdict(Refuse(task))).Refusal;

    /// <summary>Differentiates the model of a task and loads the result.</summary>
    /// <param name="task">A supported task.</param>
    /// <param name="paths">Whether paths from the reference rows are followed, for which kinks are wanted; else slopes at points.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="InputException">The gradient cannot be followed after all, or a device gives another than the CPU.</exception>
    public static GradientTask Load(AttributionTask task, bool paths, CancellationToken cancellationToken)
    {
        bool device = ChosenTransport.IsDevice(task);
        GradientModel model = Differentiate(task, device ? "cuda" : "cpu", paths || device, cancellationToken);
        try
        {
            return new GradientTask(task, model, paths, cancellationToken) { Checked = device ? Prove(task, model, cancellationToken) : null };
        }
        catch
        {
            model.Dispose();
            throw;
        }
    }

    /// <summary>What runs the pieces of the paths to a row.</summary>
    /// <param name="row">The row; the same object for all its outputs.</param>
    /// <param name="end">Shape [elements]: its point.</param>
    /// <param name="column">The column of the output.</param>
    /// <param name="counted">Told of points and bytes.</param>
    public RunPieces Pieces(InputBatch row, double[] end, int column, CountedModel counted) => transport.Fused is FusedGradient fused
        ? (pieces, ends, token) => fused.Pieces(row, end, column, pieces, ends, counted, token)
        : new HostPieces(this, counted, end, row, column).Run;

    /// <summary>The slopes at points, by player.</summary>
    /// <param name="row">The row; the same object for all its outputs.</param>
    /// <param name="points">Shape [points, elements].</param>
    /// <param name="column">The column of the output.</param>
    /// <param name="cancellationToken">Ends the run.</param>
    /// <returns>Shape [points, players].</returns>
    public double[] Slopes(InputBatch row, double[] points, int column, CancellationToken cancellationToken)
    {
        if (transport.Fused is FusedGradient fused)
        {
            return fused.Slopes(row, points, column, task.Model, cancellationToken);
        }

        int count = points.Length / Model.Width;
        GradientBatch batch = Model.Run(points, row, column, cancellationToken);
        task.Model.Count(count, count * Model.PointBytes);
        double[] slopes = new double[count * Players];
        for (int i = 0; i < count; i++)
        {
            Add(batch.Gradients.AsSpan(i * Model.Width, Model.Width), slopes.AsSpan(i * Players, Players), 1);
        }

        return slopes;
    }

    /// <summary>Bytes that a row takes to the session before its points; 0 where points are sent.</summary>
    public long RowBytes => transport.Fused?.RowBytes ?? 0;

    /// <summary>The graph's column of an output of the task.</summary>
    public int Column(int output) =>
        task.Request.GraphColumns is { } columns && columns.Count == task.Request.Outputs ? columns[output]
        : task.Request.Outputs == 1 && task.Request.ClassIndex is int index && index < Model.Columns ? index : output;

    /// <summary>The outputs that a row is explained for: all, or the largest alone where only that is kept.</summary>
    public IEnumerable<int> Outputs(double[] prediction) => task.Request.PredictedClassOnly
        ? [Array.IndexOf(prediction, prediction.Max())]
        : Enumerable.Range(0, prediction.Length);

    /// <summary>Adds elements up to their players.</summary>
    /// <param name="elements">Shape [width].</param>
    /// <param name="values">Shape [players]; added to.</param>
    /// <param name="weight">What each element counts.</param>
    public void Add(ReadOnlySpan<double> elements, Span<double> values, double weight)
    {
        for (int i = 0; i < elements.Length; i++)
        {
            values[owners[i]] += weight * elements[i];
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        transport.Fused?.Dispose();
        Model.Dispose();
    }

    private static GradientModel Differentiate(AttributionTask task, string provider, bool patterns, CancellationToken cancellationToken) => GradientModel.Load(
        task.Graph!, task.Rows, task.Request.Output, task.Request.Link, patterns, new PredictorOptions { Provider = provider, Compared = false }, cancellationToken);

    private static AuditWarning Prove(AttributionTask task, GradientModel model, CancellationToken cancellationToken)
    {
        using GradientModel own = Differentiate(task, "cpu", patterns: true, cancellationToken);
        return GradientProof.Run(model, own, task.Rows, task.Request.Provider, cancellationToken);
    }

    private static string? Refuse(AttributionTask task) =>
        task.Graph is null ? "Only the model's outputs are known here, not its graph."
        : task.Request.Interactions ? "It gives no interactions."
        : PrepareGradient.Refusal(
            task.Graph, [.. task.Rows.Tensors.Select(tensor => (tensor.Name, tensor.Kind))], task.Request.Output, task.Request.Link);

    private static int[] Owners(AttributionTask task, GradientModel model)
    {
        Dictionary<PlayerElement, int> players = [];
        for (int player = 0; player < task.Players.Count; player++)
        {
            foreach (PlayerElement element in task.Players[player].Elements)
            {
                players[element] = player;
            }
        }

        return [.. model.Points.SelectMany((point, place) => Enumerable.Range(0, model.Widths[place])
            .Select(at => players[new PlayerElement(point.Input, at / point.Elements)]))];
    }

    private sealed record Verdict(string? Refusal);
}

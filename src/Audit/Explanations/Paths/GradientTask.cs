using Governance.Audit.Explanations.Methods;
using Governance.Audit.Gradients;
using Governance.Audit.Inference;

namespace Governance.Audit.Explanations.Paths;

/// <summary>What the methods that follow gradients share: whether a graph has one, the loaded gradient, and whose elements are whose.</summary>
internal sealed class GradientTask : IDisposable
{
    private readonly AttributionTask task;
    private readonly int[] owners;

    private GradientTask(AttributionTask task, GradientModel model)
    {
        this.task = task;
        Model = model;
        owners = Owners(task, model);
    }

    /// <summary>The model with its gradient.</summary>
    public GradientModel Model { get; }

    /// <summary>Why the gradient methods cannot do a task; null where they can. Runs nothing.</summary>
    public static string? Refusal(AttributionTask task) => task.Once(() => new Verdict(Refuse(task))).Refusal;

    /// <summary>Differentiates the model of a task and loads the result.</summary>
    /// <param name="task">A supported task.</param>
    /// <param name="patterns">Whether kinks are wanted.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="Data.InputException">The gradient cannot be followed after all.</exception>
    public static GradientTask Load(AttributionTask task, bool patterns, CancellationToken cancellationToken)
    {
        string provider = task.Request.Provider.StartsWith("cuda", StringComparison.Ordinal) ? "cuda" : "cpu";
        return new GradientTask(task, GradientModel.Load(
            task.Graph!, task.Rows, task.Request.Output, task.Request.Link, patterns, new PredictorOptions { Provider = provider, Compared = false }, cancellationToken));
    }

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
    public void Dispose() => Model.Dispose();

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

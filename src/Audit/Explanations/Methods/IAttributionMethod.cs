namespace Governance.Audit.Explanations.Methods;

/// <summary>One way to attribute a model's output to players: a real seam, one implementation a method of the command line.</summary>
/// <remarks>
/// Implementations hold no state: what belongs to a run lives in <see cref="AttributionTask"/>, what is expensive to
/// find out (a parsed ensemble) in <see cref="AttributionTask.Once"/>. They are listed in <see cref="AttributionMethods"/>.
/// </remarks>
public interface IAttributionMethod
{
    /// <summary>The name on the command line and in the JSON, such as "exact".</summary>
    string Name { get; }

    /// <summary>Whether the method can do what the task asks for: its players, budget, link, graph and interactions.</summary>
    /// <remarks>Runs no model, is quick, and gives the same answer for any number of threads.</remarks>
    MethodSupport Supports(AttributionTask task);

    /// <summary>What the run will cost, from counts and <see cref="AttributionTask.Pace"/>; only for supported tasks.</summary>
    /// <param name="task">The task.</param>
    /// <param name="cancellationToken">Ends the calibration.</param>
    CostEstimate Estimate(AttributionTask task, CancellationToken cancellationToken);

    /// <summary>Explains all rows of the task.</summary>
    /// <param name="task">A supported task.</param>
    /// <param name="progress">Told the share of rows done, in (0, 1], from any thread; null for nobody.</param>
    /// <param name="cancellationToken">Ends the run.</param>
    /// <exception cref="Data.InputException">The model refused the rows.</exception>
    AttributionResult Run(AttributionTask task, IProgress<double>? progress, CancellationToken cancellationToken);
}

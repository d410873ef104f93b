namespace Governance.Audit.Explanations.Paths;

/// <summary>How exactly a path is followed.</summary>
/// <param name="Tolerance">
/// The error allowed to a piece of the path, relative to the row's scale and shared out by length: that of the piece's
/// completeness where it is smooth; where it holds a kink, that of its largest single value and of its completeness, not shared out.
/// </param>
/// <param name="MostPoints">The most gradients of one path.</param>
internal sealed record PathOptions(double Tolerance, int MostPoints)
{
    /// <summary>The gap that a result may have and still be called converged, relative to the row's scale.</summary>
    public const double Bound = 1e-3;

    /// <summary>The most gradients of one path where nothing is said.</summary>
    public const int DefaultPoints = 8192;

    // So many digits of its outputs a float model has to give.
    private const double Float = 2e-6;

    /// <summary>What float arithmetic itself may leave of a difference between two outputs.</summary>
    public static double Noise(double largestOutput) => Float * largestOutput;
}

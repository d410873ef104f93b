namespace Governance.Audit.Robustness;

/// <summary>The tests, by the names of the command line.</summary>
public static class RobustnessTests
{
    private static readonly (string Name, Func<RobustnessSubject, IEnumerable<Perturbation>> Make)[] All =
    [
        ("noise", ReadablePerturbations.Noise), ("missing", ReadablePerturbations.Missing), ("quantise", ReadablePerturbations.Quantise),
        ("denoise", subject => [ReadablePerturbations.Winsorise(subject), .. ImagePerturbations.Filters(subject)]),
        ("range", ReadablePerturbations.Range), ("unseen", ReadablePerturbations.Unseen),
        ("shift", ImagePerturbations.Shift), ("rotate", ImagePerturbations.Rotate), ("brightness", ImagePerturbations.Brightness),
        ("token-drop", TokenPerturbations.Drop),
    ];

    /// <summary>The names.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. All.Select(test => test.Name)];

    /// <summary>The changes of the tests asked for; of all tests, those that fit the model.</summary>
    internal static IReadOnlyList<Perturbation> Of(RobustnessSubject subject)
    {
        IReadOnlyList<string> asked = subject.Request.Tests;
        return
        [
            .. All.Where(test => asked.Count == 0 || asked.Contains(test.Name, StringComparer.Ordinal)).SelectMany(test =>
            {
                // A test of several forms is told of where one of them fits, or where none does.
                Perturbation[] forms = [.. test.Make(subject)];
                Perturbation[] fitting = [.. forms.Where(form => form.Refusal is null)];
                return fitting.Length > 0 ? fitting : forms[..1];
            }),
        ];
    }
}

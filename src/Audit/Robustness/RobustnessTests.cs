namespace Governance.Audit.Robustness;

/// <summary>The tests, by the names of the command line.</summary>
public static class RobustnessTests
{
    private static readonly (string Name, Func<RobustnessSubject, bool> Concerns, Func<RobustnessSubject, IEnumerable<Perturbation>> Make)[] All =
    [
        ("noise", AnyInput, ReadablePerturbations.Noise), ("missing", AnyInput, ReadablePerturbations.Missing), ("quantise", AnyInput, ReadablePerturbations.Quantise),
        ("denoise", AnyInput, subject => [ReadablePerturbations.Winsorise(subject), .. ImagePerturbations.Filters(subject)]),
        ("range", AnyInput, ReadablePerturbations.Range), ("unseen", AnyInput, ReadablePerturbations.Unseen),
        ("shift", Pictures, ImagePerturbations.Shift), ("rotate", Pictures, ImagePerturbations.Rotate), ("brightness", Pictures, ImagePerturbations.Brightness),
        ("token-drop", Tokens, TokenPerturbations.Drop),
    ];

    /// <summary>The names.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. All.Select(test => test.Name)];

    /// <summary>The changes of the tests asked for, with a refusal where one cannot be done; of all tests, those of the model's kind of input.</summary>
    internal static IReadOnlyList<Perturbation> Of(RobustnessSubject subject)
    {
        IReadOnlyList<string> asked = subject.Request.Tests;
        return
        [
            .. All.Where(test => asked.Count == 0 ? test.Concerns(subject) : asked.Contains(test.Name, StringComparer.Ordinal)).SelectMany(test =>
            {
                // A test of several forms is told of where one of them fits, or where none does.
                Perturbation[] forms = [.. test.Make(subject)];
                Perturbation[] fitting = [.. forms.Where(form => form.Refusal is null)];
                return fitting.Length > 0 ? fitting : forms[..1];
            }),
        ];
    }

    private static bool AnyInput(RobustnessSubject subject) => true;

    private static bool Pictures(RobustnessSubject subject) => subject.Images.Count > 0;

    private static bool Tokens(RobustnessSubject subject) => subject.Tokens.Count > 0;
}

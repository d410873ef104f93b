using Governance.Registry.Cohorts;

namespace Governance.Portal.Features.Cohorts;

/// <summary>What is said of a step that was refused, by its code in the address. Pure.</summary>
internal static class SavedCohortWords
{
    /// <summary>The sentence; a plain one for a code that no rule has.</summary>
    public static string Refusal(string code) => code switch
    {
        "taken" => "There is a cohort of this name on this model already.",
        "no-name" => $"Give it a name of 1 to {SavedCohort.MaxNameLength} characters.",
        "not-yours" => "Only who saved a cohort changes it; the owner of the model may retire it.",
        "retired" => "This cohort was retired. Save its condition anew.",
        "shared" => "This cohort is shared already.",
        "not-shared" => "This cohort is not shared.",
        _ => "That could not be done.",
    };
}

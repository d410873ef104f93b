using Governance.Registry.Access;
using Governance.Registry.Ledger;
using Governance.Registry.Models;
using Governance.Registry.Versions;

namespace Governance.Registry.Annotations;

/// <summary>Adds annotations to a change under way, and judges those that come with a registration.</summary>
internal static class AnnotationRows
{
    /// <summary>Why one of them may not be set, or null.</summary>
    public static Refusal? RefusalFor(IReadOnlyList<NewAnnotation> wanted) =>
        wanted.Select(each => AnnotationPolicy.RefusalFor(each.Kind, each.Key, each.Value)).FirstOrDefault(refusal => refusal is not null);

    /// <summary>Puts on record what was said of a model or version when it was registered; of a key that comes twice the last counts.</summary>
    public static void Add(RegistryChange change, Model model, ModelVersion? version, IReadOnlyList<NewAnnotation> wanted)
    {
        foreach (NewAnnotation each in wanted.GroupBy(each => (each.Kind, each.Key)).Select(same => same.Last()))
        {
            Add(change, model, version, each.Kind, each.Key, each.Value, removed: false);
        }
    }

    /// <summary>Puts one on record.</summary>
    public static void Add(
        RegistryChange change, Model model, ModelVersion? version, AnnotationKind kind, string key, string? value, bool removed)
    {
        PersonalText? text = string.IsNullOrWhiteSpace(value) ? null : PersonalText.Write(value);
        change.Add(
            new Annotation(AnnotationId.New(), model.Id, version?.Id, kind, key, text?.Digest, removed, change.Actor.User!.Value, change.Now),
            removed ? "annotation.removed" : "annotation.set", version?.Subject ?? model.Subject);
        change.Keep(text);
    }
}

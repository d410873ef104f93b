namespace Governance.Registry.Annotations;

/// <summary>What programs hang on a model or a version, beside what was registered. None of it decides anything here.</summary>
public enum AnnotationKind
{
    /// <summary>A key with a value, on a model or on a version.</summary>
    Tag,

    /// <summary>A name of a model that stands for one of its versions, such as "champion".</summary>
    Alias,

    /// <summary>A description in a program's words, on a model or on a version; its key is empty.</summary>
    Description,

    /// <summary>Where a version came from, said when it was registered: its source, its run. Never changed.</summary>
    Origin,
}

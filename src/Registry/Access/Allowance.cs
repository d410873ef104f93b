namespace Governance.Registry.Access;

/// <summary>What a cell of the table of rights says.</summary>
public enum Allowance
{
    /// <summary>–</summary>
    Never,

    /// <summary>Y: on models granted to them.</summary>
    Granted,

    /// <summary>B: on granted models, within budget and output policy.</summary>
    Budgeted,

    /// <summary>B if granted by name: on models granted to them, where the grant says so.</summary>
    BudgetedByGrant,

    /// <summary>On every model, with or without a grant.</summary>
    All,

    /// <summary>Only that the model exists, and its name.</summary>
    NameOnly,

    /// <summary>Y if owner of the model.</summary>
    IfOwner,

    /// <summary>On the models that they see, with protected attributes and personal data masked.</summary>
    Masked,

    /// <summary>On granted models where the grant says so; every look is logged.</summary>
    LoggedByGrant,

    /// <summary>On granted models, not on one's own version.</summary>
    NotOwn,

    /// <summary>On granted models, not on one's own version nor on one that one reviewed.</summary>
    NotOwnNotReviewed,

    /// <summary>Two persons together, with a reason.</summary>
    TwoPersons,

    /// <summary>For models granted to them (the table's "own models").</summary>
    OwnModels,

    /// <summary>May propose, not decide.</summary>
    Propose,

    /// <summary>Their own tokens only.</summary>
    OwnTokens,

    /// <summary>Yes; loosening needs a second administrator.</summary>
    SecondForLoosening,

    /// <summary>No cell of the table: a break-glass in force, every action of which is flagged.</summary>
    BreakGlass,
}

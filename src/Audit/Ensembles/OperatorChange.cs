namespace Governance.Audit.Ensembles;

/// <summary>What must be done to a node so that it means the same in a later version of its operators.</summary>
internal enum OperatorChange
{
    /// <summary>Nothing can be done: the later operator means something else.</summary>
    Refused,

    /// <summary>The attribute "axes" became the second input.</summary>
    AxesToInput,

    /// <summary>The attribute "split" became the second input.</summary>
    SplitToInput,

    /// <summary>Without lengths the number of parts must be said.</summary>
    CountedSplit,

    /// <summary>The last axes were taken together; now each axis stands for itself.</summary>
    TwoDimensional,

    /// <summary>"min" and "max" became inputs.</summary>
    BoundsToInputs,

    /// <summary>"pads" and "value" became inputs.</summary>
    PadsToInputs,

    /// <summary>"starts", "ends" and "axes" became inputs.</summary>
    RangesToInputs,

    /// <summary>"k" became the second input.</summary>
    CountToInput,

    /// <summary>The attribute "ratio", which does nothing where a model is only run, went away.</summary>
    DroppedRatio,

    /// <summary>The attribute "spatial" went away; only its default is left.</summary>
    DroppedSpatial,

    /// <summary>The outputs that only training reads went away.</summary>
    OneOutput,

    /// <summary>The default of "coordinate_transformation_mode" changed.</summary>
    OldCorners,

    /// <summary>The names of the modes changed.</summary>
    GridModes,

    /// <summary>The operator has another name.</summary>
    Renamed,
}

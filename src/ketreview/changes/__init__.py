"""Operations that edit a project, one file each."""

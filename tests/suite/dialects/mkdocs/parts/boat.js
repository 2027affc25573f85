const boat = 1;
const sail = 2;
const oar = 3;
